package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of {@link WordsField}, on texts of many scripts and on every character. */
class WordsTest {

    private static final WordsField<String> PLAIN = WordsField.of("words", text -> text);
    private static final WordsField<String> ACCENTED = PLAIN.keepingDiacritics();

    /** Texts, and the words of each. */
    private static final String TABLE = """
            Latin
            The hermit crab | the hermit crab
            CRAB, crab; Crab! | crab
            don't | don t
            foo_bar-2.5 | foo bar 2 5
            user@example.org | user example org
            C++ and C# | c and
            3D print, UTF-8 | 3d print utf 8
            Crème brûlée | creme brulee
            Ångström, ångström | angstrom
            Straße STRASSE | strasse
            GROẞ | gross
            İstanbul ISTANBUL ıstanbul istanbul | istanbul
            Ærø og Ålborg | æro og alborg
            Łódź, Đà Nẵng | lodz da nang
            ﬁne ﬂow | fine flow
            Œuvre naïve | œuvre naive
            l’été à Noël | l ete a noel
            smörgåsbord | smorgasbord
            Dvořák Janáček | dvorak janacek
            ĲSSEL | ijssel
            ＦＵＬＬ　ｗｉｄｔｈ | full width
            ½ 5² ① Ⅳ ㎏ ™ | 1 2 52 iv kg tm
            Schiff­fahrt | schifffahrt
            ʻOkina Hawaiʻi | ʻokina hawaiʻi
            Þórr ðat | þorr ðat
            ħobż Ŧ | hobz t
            sẹ́ ọ̀rọ̀ | se oro
            co‐operate re—do | co operate re do
            a🦀b 👩‍👩‍👧 c | a b c
            1️⃣ ☎️ | 1
            x² + y² = z² | x2 y2 z2
            naïve/naive–naïve | naive
            ¿Qué? ¡Año! | que ano
            Tiếng Việt | tieng viet
            ŠKODA, škoda | skoda
            crab crab CRAB | crab
            Greek
            Ὀδυσσεύς ΟΔΥΣΣΕΥΣ | οδυσσευσ
            Αθήνα, Αθηνά | αθηνα
            ᾳ ᾠδή | α ωδη
            μ µ | μ
            ΐ Ϋ | ι υ
            Ω Ω | ω
            πρῶτος, τελευταῖος | πρωτοσ τελευταιοσ
            Cyrillic
            Москва МОСКВА | москва
            ёлка Ёлка елка | елка
            Чайковский | чаиковскии
            Київ, м’ясо | киів м ясо
            Београд Ђурђевдан | београд ђурђевдан
            Ѳеодоръ | ѳеодоръ
            2-й этаж | 2 и этаж
            Ўзбекистон | узбекистон
            Armenian
            Հայաստան ՀԱՅԱՍՏԱՆ | հայաստան
            և Եւ | եւ
            Երևան | երեւան
            Georgian
            თბილისი ᲗᲑᲘᲚᲘᲡᲘ | თბილისი
            საქართველო, 2026 | საქართველო 2026
            Hebrew
            שָׁלוֹם שלום | שלום
            יְרוּשָׁלַיִם | ירושלים
            בן־אדם | בן אדם
            צה״ל | צה ל
            ﬁש ﬡ | fiש א
            Arabic
            مُحَمَّد محمد | محمد
            مـحـمـد | محمد
            أحمد احمد إحمد آحمد | احمد
            القاهرة ٢٠٢٦ | القاهرة 2026
            مسؤول شيء | مسوول شيء
            ﷲ | الله
            تهران، ایران | تهران ایران
            می‌خواهم | میخواهم
            ۱۲۳ ١٢٣ 123 | 123
            Devanagari
            हिन्दी | हिन्दी
            नमस्ते दुनिया | नमस्ते दुनिया
            क़लम | क़लम
            १९४७ | 1947
            क्‍ष क्ष | क्ष
            राम।श्याम | राम श्याम
            Bengali
            বাংলা ভাষা | বাংলা ভাষা
            ১৯৭১ | 1971
            কখ‌গ | কখগ
            Tamil
            தமிழ் மொழி | தமிழ் மொழி
            கொ | கொ
            Telugu
            తెలుగు | తెలుగు
            Ethiopic
            አማርኛ፡ቋንቋ | አማርኛ ቋንቋ
            Tibetan
            བོད་སྐད | བོད སྐད
            Thai
            กา | ก กา า
            ที่นี่ | ที่ ที่นี่ นี่
            เก้า | เ เก้ ก้ ก้า า
            ไทย ๒๕๖๙ | ไ ไท ท ทย ย 2569
            Lao
            ລາວ | ລ ລາ າ າວ ວ
            Khmer
            ខ្មែរ | ខ្ ខ្មែ មែ មែរ រ
            Burmese
            မြန်မာ | မြ မြန် န် န်မာ မာ
            Chinese
            东京 | 东 东京 京
            北京大学 | 北 北京 京 京大 大 大学 学
            国 國 | 国 國
            ＡＩ芯片 | ai 芯 芯片 片
            中，文。 | 中 文
            Java入门2026年 | java 入 入门 门 2026 年
            ⽔ 水 | 水
            〇二 | 〇 〇二 二
            𠀀𠀁 | 𠀀 𠀀𠀁 𠀁
            ㄅㄆ | ㄅ ㄅㄆ ㄆ
            Japanese
            東京タワー | 東 東京 京 京タ タ タワ ワ ワー ー
            ガラス ｶﾞﾗｽ | ガ ガラ ラ ラス ス
            がか | が がか か
            日々 | 日 日々 々
            ㍿ | 株 株式 式 式会 会 会社 社
            ひらがな | ひ ひら ら らが が がな な
            コーヒー・カップ | コ コー ー ーヒ ヒ ヒー カ カッ ッ ップ プ
            ㌔ | キ キロ ロ
            Korean
            서울에서 | 서울에서
            한국어 한국어 | 한국어
            서울 2026년 | 서울 2026년
            ｶﾅ한글 | カ カナ ナ 한글
            Mixed
            Привет, world! 你好 | привет world 你 你好 好
            ... !!! |
            """;

    /** All that could be in a word, and more: those above make none, whatever is assigned there. */
    private static IntStream characters() {
        return IntStream.concat(IntStream.range(0, 0x32400), IntStream.range(0xE0000, 0xE0200));
    }

    private static List<String[]> rows() {
        List<String[]> rows = new ArrayList<>();
        for (String line : TABLE.lines().toList()) {
            if (line.contains("|")) {
                rows.add(line.split("\\|", -1));
            }
        }
        return rows;
    }

    @Test
    void textsOfManyScriptsHaveTheirWords() {
        assertThat(rows()).as("texts").hasSizeGreaterThanOrEqualTo(100);
        for (String[] row : rows()) {
            assertThat(PLAIN.words(row[0]))
                    .as(row[0])
                    .containsExactlyElementsOf(List.of(
                            row[1].isBlank()
                                    ? new String[0]
                                    : Normalizer.normalize(row[1].strip(), Normalizer.Form.NFC)
                                            .split(" ", -1)));
        }
    }

    @Test
    void diacriticsAreKeptWhereThatIsAsked() {
        assertThat(ACCENTED.words("Crème CRÈME creme, ﬁ")).containsExactly("crème", "creme", "fi");
        assertThat(ACCENTED.words("Łódź Ød")).containsExactly("łódź", "ød");
        assertThat(ACCENTED.words("ёлка й")).containsExactly("ёлка", "й");
        assertThat(ACCENTED.words("Straße Ὀδυσσεύς")).containsExactly("strasse", "ὀδυσσεύσ");
        assertThat(ACCENTED.words("rock´n´roll ´")).containsExactly("rock", "n", "roll");
        assertThat(ACCENTED.words("İ i I ı")).containsExactly("i̇", "i");
    }

    /** Who has every word has what is asked for, and the other way round. */
    @Test
    void whatIsAskedForIsAllThatIsSaid() {
        for (String[] row : rows()) {
            assertThat(PLAIN.words(row[0])).as(row[0]).containsAll(Words.asked(row[0], false));
            Set<String> said = new HashSet<>();
            for (String word : Words.asked(row[0], false)) {
                said.addAll(PLAIN.words(word));
            }
            assertThat(said).as(row[0]).containsExactlyInAnyOrderElementsOf(PLAIN.words(row[0]));
        }
    }

    @Test
    void filtersHoldTheWordsAskedFor() {
        assertThat(PLAIN.hasAll("Crab shell, crab"))
                .isEqualTo(new Filter.HasWords<>(PLAIN, List.of("crab", "shell"), null));
        assertThat(PLAIN.hasPrefix("crab she")).isEqualTo(new Filter.HasWords<>(PLAIN, List.of("crab"), "she"));
        assertThat(PLAIN.hasPrefix("crab crab")).isEqualTo(new Filter.HasWords<>(PLAIN, List.of("crab"), "crab"));
        assertThat(PLAIN.hasPrefix("东京塔")).isEqualTo(new Filter.HasWords<>(PLAIN, List.of("东京"), "京塔"));
        assertThat(PLAIN.hasPrefix("...")).isEqualTo(new Filter.HasWords<>(PLAIN, List.of(), null));
    }

    @Test
    void aLongWordIsCutBetweenCharacters() {
        assertThat(PLAIN.words("x".repeat(101))).containsExactly("x".repeat(100));
        assertThat(PLAIN.words("я".repeat(51))).containsExactly("я".repeat(50));
        assertThat(PLAIN.words("x" + "я".repeat(50))).containsExactly("x" + "я".repeat(49));
        assertThat(PLAIN.words("𐐨".repeat(26))).containsExactly("𐐨".repeat(25));
    }

    @Test
    void ofTheMarksOnOneLetterThirtyCount() {
        for (String mark : List.of("\u0301", "\u0301\u00AD", "\u0302\u200D")) {
            assertThat(ACCENTED.words("o" + mark.repeat(31) + "k"))
                    .isEqualTo(ACCENTED.words("o" + mark.repeat(30) + "k"))
                    .isNotEqualTo(ACCENTED.words("o" + mark.repeat(29) + "k"));
        }
        assertThat(PLAIN.words("ก" + "ิ".repeat(100)).get(0).getBytes(StandardCharsets.UTF_8))
                .hasSize(93);
    }

    /** To put n marks in order takes the JDK n² steps: of so many, hours. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0301\u0316", "\u0301\u00AD\u0316", "\uFF9E\u0301", "\u0301\uFF9F\u200D", "\u0344\u0316"})
    void marksWithoutEndAreSplitAsFastAsLetters(String marks) {
        for (WordsField<String> field : List.of(PLAIN, ACCENTED)) {
            assertThat(field.words("a" + marks.repeat(2_000_000) + " crab")).contains("crab");
        }
    }

    /** All that a text can be, unpaired surrogates and what is not assigned included. */
    @Test
    void everyCharacterIsTaken() {
        for (WordsField<String> field : List.of(PLAIN, ACCENTED)) {
            List<Integer> odd = characters()
                    .filter(point -> {
                        String text = Character.toString(point);
                        return !field.words("a" + text + "b" + text).stream()
                                .allMatch(word ->
                                        !word.isEmpty() && field.words(word).contains(word));
                    })
                    .boxed()
                    .toList();
            assertThat(odd)
                    .as("whose words are others when they are split again")
                    .isEmpty();
        }
    }

    /** The words of every character, in a sum: whatever JDK this runs on, it is this one. */
    @Test
    void everyJdkSplitsAlike() throws NoSuchAlgorithmException {
        MessageDigest sum = MessageDigest.getInstance("SHA-256");
        for (WordsField<String> field : List.of(PLAIN, ACCENTED)) {
            characters()
                    .mapToObj(Character::toString)
                    .forEach(
                            text -> sum.update(field.words("e" + text + text + "ก" + text + " " + text + "\u0301\u0345")
                                    .toString()
                                    .getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(HexFormat.of().formatHex(sum.digest()))
                .isEqualTo("d4f3d2685b3707842adc3b6e42e8496929fde66eeac304f3ae91cc94d51689b9");
    }

    /** Made from the tables of Java 17; later ones have more. */
    @Test
    void theCharactersAreThoseOfUnicode13() {
        List<Integer> missing = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int point = 0; point < 0x40000; point++) {
            boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            boolean known = !surrogate && makesWords(point);
            if (WordCharacters.contains(point) && !known) {
                missing.add(point);
            }
            if (!WordCharacters.contains(point) && known) {
                others.add(point);
            }
        }
        assertThat(missing).as("characters that this JDK has not").isEmpty();
        if (Runtime.version().feature() == 17) {
            assertThat(others).as("characters that are left out").isEmpty();
        }
    }

    private static boolean makesWords(int point) {
        String text = Character.toString(point);
        return isPart(point, true)
                || (Character.isDefined(point)
                        && Normalizer.normalize(text, Normalizer.Form.NFKD)
                                .codePoints()
                                .anyMatch(part -> isPart(part, false)));
    }

    private static boolean isPart(int point, boolean orMark) {
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER -> true;
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> orMark;
            default -> false;
        };
    }

    @Test
    void theLocaleHasNoPartInIt() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(new LinkedHashSet<>(PLAIN.words("TITLE İ ı"))).containsExactly("title", "i");
        } finally {
            Locale.setDefault(before);
        }
    }
}
