package dev.mcpguard.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row B5 of threats.md: the class of SQL is the widest of all its statements. */
final class SqlTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "select * from t where a = 'drop table x; --'",
        "SeLeCt a, b FROM s.t ORDER BY 1;",
        "SELECT count(*) FROM t GROUP BY a HAVING sum(b) > 3",
        "-- a comment\nSELECT 1 -- another",
        "/* drop table x */ SELECT 1",
        "SELECT 1; SELECT 2;",
        "(SELECT 1) UNION (SELECT 2)",
        "WITH x AS (SELECT 1 AS a) SELECT a FROM x WHERE a IN (1, 2) AND EXISTS (SELECT 1)",
        "SELECT replace(name, 'a', 'b') FROM \"order lines\"",
        "SELECT 'it''s' FROM `t`",
        "EXPLAIN SELECT 1",
        "SHOW TABLES",
        "SELECT a FROM t WHERE \"delete\" = 1",
      })
  void onlyReading(String sql) {
    assertEquals(RiskClass.READ, SqlText.classOf(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t (a, b) VALUES (1, 2)",
        "insert into s.t values ('x')",
        "UPDATE t SET a = 1 WHERE b = 2",
        "DELETE FROM t WHERE id = 4",
        "dElEtE/**/from t where id = 4",
        "SELECT 1; DELETE FROM t WHERE id = 1",
        "WITH gone AS (DELETE FROM t WHERE a = 1 RETURNING *) SELECT * FROM gone",
        "EXPLAIN ANALYZE DELETE FROM t WHERE a = 1",
        "SELECT * FROM t FOR UPDATE",
        "MERGE INTO t USING s ON (t.a = s.a) WHEN MATCHED THEN UPDATE SET b = 1",
        "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 2",
        "REPLACE INTO t VALUES (1)",
        "SELECT 1 DELETE FROM t WHERE a = 1",
      })
  void writing_B5(String sql) {
    assertEquals(RiskClass.WRITE, SqlText.classOf(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        " ",
        "-- only a comment",
        "DROP TABLE t",
        "SELECT 1; DROP TABLE t",
        "SELECT 1;;drop table t",
        "select 1 drop table t",
        "TRUNCATE t",
        "GRANT ALL ON t TO x",
        "CREATE TABLE t (a int)",
        "ALTER USER x PASSWORD 'y'",
        "CALL p()",
        "EXEC xp_cmdshell 'dir'",
        "xp_cmdshell 'dir'",
        "COPY t TO PROGRAM 'sh'",
        "COPY t FROM '/etc/passwd'",
        "SELECT * INTO x FROM t",
        "SELECT 1 INTO OUTFILE '/tmp/x'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_import ('/etc/passwd')",
        "SELECT load_extension('x')",
        "SELECT pg_catalog.pg_read_file('x')",
        "SELECT \"pg_read_file\"('x')",
        "SELECT s.count(*) FROM t",
        "DELETE FROM t",
        "UPDATE t SET a = 1",
        "DELETE FROM t; SELECT 1 WHERE 1 = 1",
        "WITH x AS (DELETE FROM t) SELECT * FROM x WHERE 1 = 1",
        "DELETE FROM t USING (SELECT 1 FROM u WHERE 1 = 1) v",
        "SET ROLE admin",
        "SELECT 1 SET ROLE admin",
        "DO $$ BEGIN END $$",
        "SELECT $$; DROP TABLE t; $$",
        "SELECT $tag$x$tag$",
        "SELECT 'a\\'; DROP TABLE t; -- '",
        "SELECT \"a\\\"",
        "SELECT E'a'",
        "SELECT q'[it's]'",
        "SELECT U&\"x\"",
        "SELECT /*! SLEEP(5) */ 1",
        "SELECT /*!50000 1 */",
        "SELECT /*M! 1 */",
        "SELECT /* /* */ 1 */",
        "SELECT /* 1",
        "SELECT 'x",
        "SELECT \"x",
        "SELECT `x",
        "SELECT 1--1",
        "SELECT 1 --\u00a0x",
        "SELECT 1 -- x\rDROP TABLE t",
        "SELECT 1 # comment",
        "SELECT @a",
        "SELECT @@version",
        "SELECT {fn now()}",
        "\\! rm -rf /",
        "SELECT (1",
        "SELECT 1)",
        "SELECT 1)(",
        "SELECT\u00a01",
        "SEL\u0395CT 1",
        "SELECT\u000b1",
        "SELECT \0",
        "PRAGMA table_info(t)",
        "ATTACH DATABASE 'x' AS y",
        "VACUUM",
        "BEGIN",
        "LOAD DATA INFILE 'x'",
        "SELECT ` ' ` ; drop table x; -- '",
        "HANDLER t OPEN",
        "unknown",
        "SELECT * FROM pg_shadow",
        "SELECT 'a' 'b' ('c')",
        "EXPLAIN ANALYZE EXECUTE p",
        "INSERT INTO t SELECT f(x) FROM y",
        "SELECT 1 FROM [t]",
        "SELECT 1; SHUTDOWN",
        "SELECT 1 SHUTDOWN",
        "_f('x')",
        "SELECT _f('x')",
      })
  void anythingElseIsAdmin_B5(String sql) {
    assertEquals(RiskClass.ADMIN, SqlText.classOf(sql), sql);
  }

  @Test
  void longTextIsAdmin_B5() {
    assertEquals(RiskClass.ADMIN, SqlText.classOf("SELECT " + "1,".repeat(60_000) + "1"));
  }
}
