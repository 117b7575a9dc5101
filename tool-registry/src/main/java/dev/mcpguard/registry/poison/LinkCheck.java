package dev.mcpguard.registry.poison;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Images, links and URIs that carry data out or code in. */
final class LinkCheck implements TextCheck {
  private static final Pattern DATA_URI =
      Pattern.compile(
          "\\bdata:[a-z]{2,20}/[a-z0-9.+-]{1,60}[;,](\\S{0,200})", Pattern.CASE_INSENSITIVE);
  private static final Pattern SCRIPT =
      Pattern.compile("\\b(javascript|vbscript):|<(script|iframe|object|embed)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern IMAGE =
      Pattern.compile("!\\[[^\\]]{0,200}\\]\\(\\s{0,5}<?((https?:)?//[^)\\s]{1,2000})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LINK =
      Pattern.compile("\\[[^\\]]{0,200}\\]\\(\\s{0,5}<?((https?:)?//[^)\\s]{1,2000})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern HTML_IMAGE =
      Pattern.compile("<img\\b[^>]{0,200}\\bsrc\\s{0,3}=", Pattern.CASE_INSENSITIVE);
  private static final Pattern HOLE = Pattern.compile("[?&#][^\\s]*([{<$%\\[]|=$)|[/=][{<$]");
  private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/_-]{160,}={0,2}");
  private static final int CARRIES = 24;

  @Override
  public void check(ScannedText text, Findings findings) {
    embedded(text, findings);
    addresses(text, findings);
    if (ENCODED.matcher(text.value()).find()) {
      findings.warn(
          PoisonCode.ENCODED_CONTENT, text.place(), "holds long encoded text that no one can read");
    }
  }

  private static void embedded(ScannedText text, Findings findings) {
    Matcher data = DATA_URI.matcher(text.value());
    if (data.find()) {
      if (data.group(1).length() >= CARRIES) {
        findings.block(PoisonCode.ENCODED_CONTENT, text.place(), "holds a data URI");
      } else {
        findings.info(PoisonCode.ENCODED_CONTENT, text.place(), "mentions a data URI");
      }
    }
    if (SCRIPT.matcher(text.value()).find()) {
      findings.block(PoisonCode.ENCODED_CONTENT, text.place(), "holds a script or frame");
    }
  }

  private static void addresses(ScannedText text, Findings findings) {
    Matcher image = IMAGE.matcher(text.value());
    boolean html = HTML_IMAGE.matcher(text.value()).find();
    if (image.find() || html) {
      findings.block(
          PoisonCode.EXFILTRATION_LINK,
          text.place(),
          "shows an image from an address, which is called when it is shown");
    }
    Matcher link = LINK.matcher(text.value());
    while (link.find()) {
      if (HOLE.matcher(link.group(1)).find()) {
        findings.block(
            PoisonCode.EXFILTRATION_LINK,
            text.place(),
            "a link has a place for data in its address: `"
                + ScannedText.excerpt(link.group(1), 0)
                + "`");
        return;
      }
    }
  }
}
