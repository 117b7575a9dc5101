package dev.mcpguard.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The risk class of SQL text: the widest of all its statements, wherever they stand. A list of what
 * is known to be harmless, not of what is known to be dangerous: an unknown statement, function or
 * character makes it admin, and so does deleting or updating without a condition.
 */
public final class SqlText {
  private static final Set<String> READS =
      Set.of("SELECT", "VALUES", "TABLE", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "WITH");
  private static final Set<String> WRITES =
      Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "UPSERT");

  /** Words that make a statement admin anywhere outside of quotes. */
  private static final Set<String> ADMIN_WORDS =
      words(
          """
          DROP ALTER CREATE GRANT REVOKE TRUNCATE EXEC EXECUTE CALL COPY DO ATTACH DETACH
          PRAGMA LOAD VACUUM RENAME SHUTDOWN KILL BACKUP RESTORE RECONFIGURE OUTFILE
          DUMPFILE PROGRAM OPENROWSET OPENQUERY OPENDATASOURCE HANDLER INSTALL UNINSTALL
          IMPORT EXPORT PREPARE DEALLOCATE LISTEN NOTIFY DECLARE REINDEX CLUSTER RESET
          FLUSH PURGE UNLOAD PUT USE COMMENT DENY DBCC BULK DISABLE ENABLE SETUSER
          WRITETEXT UPDATETEXT REVERT RECEIVE SEND CHECKPOINT REFRESH LOCK PG_SHADOW
          PG_AUTHID PG_USER_MAPPINGS
          """);

  /** Words in front of a parenthesis that call nothing. */
  private static final Set<String> NO_CALL =
      words(
          """
          SELECT FROM WHERE AND OR NOT IN EXISTS ANY ALL SOME AS ON USING VALUES OVER BY
          JOIN UNION EXCEPT INTERSECT WHEN THEN ELSE CASE BETWEEN LIKE HAVING LIMIT OFFSET
          DISTINCT FILTER WITHIN GROUP SETS ROLLUP CUBE IS SET INTERVAL LATERAL RETURNING
          CONFLICT MATERIALIZED PARTITION
          """);

  /** Functions every common database has, and that only compute. */
  private static final Set<String> FUNCTIONS =
      words(
          """
          COUNT SUM AVG MIN MAX COALESCE NULLIF LOWER UPPER LENGTH SUBSTRING SUBSTR TRIM
          LTRIM RTRIM ROUND ABS CEIL CEILING FLOOR CAST CONVERT EXTRACT DATE_TRUNC DATE
          NOW CONCAT REPLACE ROW_NUMBER RANK DENSE_RANK NTILE LAG LEAD FIRST_VALUE
          LAST_VALUE GREATEST LEAST TO_CHAR TO_DATE DATEDIFF DATEADD YEAR MONTH DAY
          STRFTIME STRING_AGG GROUP_CONCAT ARRAY_AGG PERCENTILE_CONT STDDEV VARIANCE
          MEDIAN MOD POWER SQRT LEFT RIGHT LPAD RPAD POSITION IF IFNULL VARCHAR CHAR
          DECIMAL NUMERIC
          """);

  private SqlText() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /** The widest class of the statements in the text. */
  public static RiskClass classOf(String sql) {
    List<String> tokens = SqlTokens.of(sql);
    if (tokens == null) {
      return RiskClass.ADMIN;
    }
    List<List<String>> statements = new ArrayList<>();
    List<String> statement = new ArrayList<>();
    for (String token : tokens) {
      if (token.equals(";")) {
        statements.add(statement);
        statement = new ArrayList<>();
      } else {
        statement.add(token);
      }
    }
    statements.add(statement);
    return statements.stream()
        .filter(written -> !written.isEmpty())
        .map(SqlText::statementClass)
        .reduce(RiskClass::max)
        .orElse(RiskClass.ADMIN);
  }

  private static RiskClass statementClass(List<String> statement) {
    String first = statement.stream().filter(token -> !token.equals("(")).findFirst().orElse("");
    boolean known = READS.contains(first) || WRITES.contains(first);
    if (!known || !balanced(statement) || callsUnknown(statement)) {
      return RiskClass.ADMIN;
    }
    RiskClass widest = RiskClass.READ;
    for (int i = 0; i < statement.size(); i++) {
      widest = widest.max(wordClass(statement, i, first));
    }
    return widest;
  }

  private static RiskClass wordClass(List<String> statement, int at, String first) {
    String word = statement.get(at);
    if (ADMIN_WORDS.contains(word)) {
      return RiskClass.ADMIN;
    }
    if (word.equals("SET") && !statement.subList(0, at).contains("UPDATE")) {
      // some databases need no semicolon in front of a second statement
      return RiskClass.ADMIN;
    }
    if (word.equals("INTO")) {
      // `SELECT ... INTO` makes a table or a file
      String before = at == 0 ? "" : statement.get(at - 1);
      return WRITES.contains(before) || before.equals("IGNORE") ? RiskClass.WRITE : RiskClass.ADMIN;
    }
    boolean call = at + 1 < statement.size() && statement.get(at + 1).equals("(");
    if (!WRITES.contains(word) || (word.equals("REPLACE") && call && !first.equals("REPLACE"))) {
      return RiskClass.READ;
    }
    boolean bulk = (word.equals("DELETE") || word.equals("UPDATE")) && !conditional(statement, at);
    return bulk ? RiskClass.ADMIN : RiskClass.WRITE;
  }

  /** Whether a condition stands after the word at its own depth of parentheses. */
  private static boolean conditional(List<String> statement, int at) {
    // `FOR UPDATE`, `ON CONFLICT DO UPDATE`, `WHEN MATCHED THEN UPDATE` have theirs elsewhere
    String before = at == 0 ? "" : statement.get(at - 1);
    if (before.equals("FOR") || before.equals("THEN") || before.equals("KEY")) {
      return true;
    }
    int depth = 0;
    for (String token : statement.subList(at, statement.size())) {
      depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
      if (depth < 0) {
        return false;
      }
      if (depth == 0 && token.equals("WHERE")) {
        return true;
      }
    }
    return false;
  }

  private static boolean balanced(List<String> statement) {
    int depth = 0;
    for (String token : statement) {
      depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
      if (depth < 0) {
        return false;
      }
    }
    return depth == 0;
  }

  private static boolean callsUnknown(List<String> statement) {
    for (int i = 1; i < statement.size(); i++) {
      if (statement.get(i).equals("(") && !harmlessBefore(statement, i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the parenthesis at this place opens no call, or a call of a function that computes. */
  private static boolean harmlessBefore(List<String> statement, int at) {
    String before = statement.get(at - 1);
    if (before.equals("\"") || Character.isLetterOrDigit(before.charAt(0)) || before.equals("_")) {
      String second = at < 2 ? "" : statement.get(at - 2);
      boolean columns = second.equals("INTO") && !before.equals("\"");
      boolean function = FUNCTIONS.contains(before) && !second.equals(".");
      return NO_CALL.contains(before) || function || columns;
    }
    return !before.equals("'") && !before.startsWith("_");
  }
}
