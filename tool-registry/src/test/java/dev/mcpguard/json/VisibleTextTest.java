package dev.mcpguard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What a terminal would obey or hide is shown (F5, E1). */
final class VisibleTextTest {
  @Test
  void ordinaryTextOfAnyScriptStaysAsItIs() {
    for (String text : new String[] {"", "read_file", "Grüße", "支払い", "café", "a b\u0301", "\ud83d\ude00"}) {
      assertEquals(text, VisibleText.of(text));
    }
  }

  @Test
  void whatMovesColoursReordersOrHidesIsShownF5() {
    assertEquals("a\\u{a}b", VisibleText.of("a\nb"));
    assertEquals("\\u{1b}[2J\\u{7}", VisibleText.of("\u001b[2J\u0007"));
    assertEquals("\\u{9b}31m", VisibleText.of("\u009b31m"));
    assertEquals("\\u{202e}x", VisibleText.of("\u202ex"));
    assertEquals("\\u{200b}\\u{feff}\\u{ad}", VisibleText.of("\u200b\ufeff\u00ad"));
    assertEquals("\\u{2028}\\u{2029}\\u{85}", VisibleText.of("\u2028\u2029\u0085"));
    assertEquals("\\u{e0041}", VisibleText.of("\udb40\udc41"));
    assertEquals("\\u{d800}", VisibleText.of("\ud800"));
    assertEquals("\\u{e000}\\u{ffff}", VisibleText.of("\ue000\uffff"));
  }

  @Test
  void blanksAndSelectorsThatCarryHiddenTextAreShownE1() {
    assertEquals("\\u{a0}\\u{3000}\\u{2003}", VisibleText.of("\u00a0\u3000\u2003"));
    assertEquals("\\u{2800}\\u{3164}\\u{115f}\\u{1160}\\u{ffa0}", VisibleText.of("\u2800\u3164\u115f\u1160\uffa0"));
    assertEquals("a\\u{fe0f}\\u{e0100}", VisibleText.of("a\ufe0f\udb40\udd00"));
  }

  @Test
  void noCodePointGetsThroughThatATerminalObeys() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String shown = VisibleText.of(Character.toString(point));
      assertTrue(shown.codePoints().noneMatch(Character::isISOControl), "U+" + Integer.toHexString(point));
      assertEquals(shown, VisibleText.of(shown));
    }
  }

  @Test
  void cutTextEndsWithAnEllipsisAndNeverWithinACharacter() {
    assertEquals("abc", VisibleText.cut("abc", 3));
    assertEquals("ab\u2026", VisibleText.cut("abcd", 3));
    assertEquals("\ud83d\ude00\u2026", VisibleText.cut("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 2));
  }
}
