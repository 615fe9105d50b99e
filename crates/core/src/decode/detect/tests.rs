//! Detection: legacy encodings, Unicode without a mark, and what must not be mistaken for either.

use crate::decode::tests::{decode, encode};

use super::*;

/// Paragraphs of our own, for detection.
mod language {
    pub const ENGLISH: &str = "The river comes down from the hills in spring and carries sand, stones and some gold.\n\
        At dawn the miners open the gate, and water runs over the boards until noon.\n\
        Nobody talks much; the noise of the gravel is louder than any voice.\n";
    pub const FRENCH: &str = "La rivière descend des collines au printemps et emporte du sable, des pierres et un peu d'or.\n\
        À l'aube, les mineurs ouvrent la vanne et l'eau coule jusqu'à midi sur les planches trempées.\n\
        Personne ne parle beaucoup : le bruit du gravier est plus fort que la voix, même très élevée.\n";
    pub const PERSIAN: &str = "رودخانه در بهار از تپه\u{200C}ها پایین می\u{200C}آید و شن و سنگ و کمی طلا با خود می\u{200C}آورد.\n\
        کارگران سپیده\u{200C}دم دریچه را باز می\u{200C}کنند و آب تا ظهر روی تخته\u{200C}ها جاری است.\n\
        هیچ\u{200C}کس زیاد حرف نمی\u{200C}زند؛ صدای سنگ\u{200C}ها از هر صدایی بلندتر است.\n";
    pub const ARABIC: &str = "ينزل النهر من التلال في الربيع ويحمل معه الرمل والحجارة وقليلا من الذهب.\n\
        عند الفجر يفتح العمال البوابة فيجري الماء فوق الألواح حتى الظهر.\n\
        لا أحد يتكلم كثيرا، فصوت الحصى أعلى من كل صوت، والعمل طويل.\n";
    pub const RUSSIAN: &str = "Весной река спускается с холмов и несёт песок, камни и немного золота.\n\
        На рассвете рабочие открывают затвор, и вода до полудня бежит по доскам.\n\
        Никто много не говорит: шум гравия громче любого голоса.\n";
    pub const TURKISH: &str = "Irmak baharda tepelerden iner, kum, taş ve biraz da altın taşır.\n\
        Şafakta işçiler kapağı açar ve su öğlene kadar tahtaların üzerinden akar.\n\
        Kimse çok konuşmaz; çakılın gürültüsü her sesten daha güçlüdür, iş ağırdır.\n";
    pub const JAPANESE: &str = "春になると、川は丘から流れ下り、砂や石と少しの金を運んでくる。\n\
        夜明けに人々が水門を開くと、水は昼まで板の上を流れ続ける。\n\
        誰もあまり話さない。砂利の音はどんな声よりも大きいからだ。\n";
    pub const SIMPLIFIED: &str = "春天，河水从山上流下来，带来沙子、石头和一点黄金。\n\
        黎明时工人们打开闸门，水在木板上一直流到中午。\n\
        没有人多说话，因为砾石的声音比什么都响，而且工作很长。\n";
    pub const TRADITIONAL: &str = "春天，河水從山上流下來，帶來沙子、石頭和一點黃金。\n\
        黎明時工人們打開閘門，水在木板上一直流到中午。\n\
        沒有人多說話，因為礫石的聲音比什麼都響，而且工作很長。\n";
    pub const KOREAN: &str = "봄이 되면 강은 언덕에서 내려와 모래와 돌과 약간의 금을 나른다.\n\
        새벽에 일꾼들이 수문을 열면 물은 한낮까지 널빤지 위를 흐른다.\n\
        아무도 말을 많이 하지 않는다. 자갈 소리가 어떤 목소리보다 크기 때문이다.\n";
    pub const HINDI: &str = "वसंत में नदी पहाड़ियों से उतरती है और रेत, पत्थर और थोड़ा सोना लाती है।\n\
        भोर में मज़दूर फाटक खोलते हैं और पानी दोपहर तक तख्तों पर बहता है।\n";
    pub const GUJARATI: &str = "વસંતમાં નદી ટેકરીઓ પરથી ઊતરે છે અને રેતી, પથ્થર અને થોડું સોનું લાવે છે.\n\
        સવારે મજૂરો દરવાજો ખોલે છે અને પાણી બપોર સુધી વહે છે.\n";
    pub const THAI: &str = "ในฤดูใบไม้ผลิ แม่น้ำไหลลงมาจากเนินเขาและพัดพาทราย หิน และทองคำเล็กน้อย\n\
        ยามรุ่งสาง คนงานเปิดประตูน้ำ และน้ำไหลผ่านแผ่นไม้จนถึงเที่ยงวัน\n\
        ไม่มีใครพูดมากนัก เสียงกรวดดังกว่าเสียงใด ๆ\n";
    pub const HEBREW: &str = "באביב יורד הנהר מן הגבעות ונושא עמו חול, אבנים ומעט זהב.\n\
        עם שחר פותחים הפועלים את השער, והמים זורמים על הקרשים עד הצהריים.\n\
        איש אינו מדבר הרבה: רעש החצץ חזק מכל קול.\n";
    pub const POLISH: &str = "Rzeka spływa wiosną ze wzgórz i niesie piasek, kamienie oraz trochę złota.\n\
        O świcie robotnicy otwierają śluzę, a woda płynie po deskach aż do południa.\n\
        Nikt nie mówi wiele: szum żwiru jest głośniejszy niż każdy głos.\n";
    pub const CZECH: &str = "Na jaře řeka stéká z kopců a nese písek, kamení a trochu zlata.\n\
        Za úsvitu dělníci otevřou stavidlo a voda teče po prknech až do poledne.\n\
        Nikdo příliš nemluví: hluk štěrku je silnější než každý hlas.\n";
    pub const HUNGARIAN: &str = "Tavasszal a folyó lejön a dombokról, és homokot, követ meg egy kevés aranyat hoz.\n\
        Hajnalban a munkások kinyitják a zsilipet, és a víz délig folyik a deszkákon.\n\
        Senki sem beszél sokat, mert a kavics hűvös zaja erősebb minden szónál.\n";
    pub const SWEDISH: &str = "Om våren kommer floden ner från kullarna och för med sig sand, stenar och lite guld.\n\
        I gryningen öppnar arbetarna slussen, och vattnet rinner över brädorna till middag.\n\
        Ingen talar mycket: bullret från gruset är högre än varje röst.\n";
    pub const GREEK: &str = "Την άνοιξη το ποτάμι κατεβαίνει από τους λόφους και φέρνει άμμο, πέτρες και λίγο χρυσό.\n\
        Την αυγή οι εργάτες ανοίγουν τη θυρίδα και το νερό τρέχει ως το μεσημέρι.\n";
}

/// At least a kilobyte; whole paragraphs.
fn kilobyte(text: &str) -> String {
    text.repeat(1024_usize.div_ceil(text.chars().count()))
}

#[test]
fn legacy_encodings_are_detected() {
    use language::*;
    // Windows' Arabic has no Persian yeh: such texts have the Arabic one; nor a ZWNJ that editors of the time
    // typed.
    let persian = PERSIAN.replace('ی', "ي").replace('\u{200C}', " ");
    for (label, text) in [
        ("windows-1252", FRENCH),
        ("windows-1256", ARABIC),
        ("windows-1256", &persian),
        ("windows-1251", RUSSIAN),
        ("windows-1254", TURKISH),
        ("windows-1253", GREEK),
        ("iso-8859-7", GREEK),
        ("windows-1255", HEBREW),
        ("iso-8859-8", HEBREW),
        ("windows-1250", POLISH),
        ("iso-8859-2", POLISH),
        ("windows-1250", CZECH),
        ("iso-8859-2", CZECH),
        ("windows-1250", HUNGARIAN),
        ("windows-1252", SWEDISH),
        ("windows-874", THAI),
        ("iso-8859-5", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("ibm866", RUSSIAN),
        ("shift_jis", JAPANESE),
        ("euc-jp", JAPANESE),
        ("iso-2022-jp", JAPANESE),
        ("gb18030", SIMPLIFIED),
        ("big5", TRADITIONAL),
        ("euc-kr", KOREAN),
    ] {
        let wanted = Encoding::for_label(label).expect("a label");
        let text = kilobyte(text);
        let bytes = encode(wanted, &text).expect(label);
        for (length, at_end) in [(bytes.len(), true), (bytes.len(), false), (bytes.len() - 1, false)] {
            let found = detect(&bytes[..length], at_end);
            // The detector calls KOI8-R by its superset, and gb18030 by its subset: the text must come out
            // the same.
            let same = decode(found, b'\n', 0, &[&bytes]).0 == text.as_bytes();
            assert!(found == wanted || same, "{label}: {found:?}");
        }
    }
}

#[test]
fn unicode_encodings_are_detected_without_a_mark() {
    use language::*;
    let texts = [
        ENGLISH,
        FRENCH,
        PERSIAN,
        ARABIC,
        RUSSIAN,
        TURKISH,
        JAPANESE,
        SIMPLIFIED,
        TRADITIONAL,
        KOREAN,
        HINDI,
        GUJARATI,
        GREEK,
    ];
    let wide = ["utf-16le", "utf-16be", "utf-32le", "utf-32be"];
    for text in texts {
        for encoding in wide.map(|label| Encoding::for_label(label).expect("a label")) {
            let bytes = encode(encoding, &kilobyte(text)).expect("all of Unicode");
            for (length, at_end) in [(bytes.len(), true), (bytes.len() - 1, false), (200, false)] {
                assert_eq!(
                    detect(&bytes[..length], at_end),
                    encoding,
                    "{} {length}: {text}",
                    encoding.name()
                );
            }
        }
        let bytes = kilobyte(text).into_bytes();
        for length in bytes.len() - 4..=bytes.len() {
            assert_eq!(detect(&bytes[..length], false), Encoding::Utf8, "{length}: {text}");
        }
        assert_eq!(detect(&bytes, true), Encoding::Utf8, "{text}");
    }
}

#[test]
fn what_is_utf8_stays_utf8() {
    let columns: String = (0..500).map(|number| format!("{}\t{}\n", number % 10, number % 7)).collect();
    let long = "Überfluß ".repeat(10_000);
    for text in [
        "",
        "a",
        "a\n",
        "ab\0",
        "1\n0\n1\n1\n0\n",
        "a\tb\tc\td\te\tf\n",
        "one\0two\0three\0four\0",
        "bush hid the facts",
        "this app can break",
        "\u{1B}[31mred\u{1B}[0m and plain",
        "سلام",
        &columns,
        &language::PERSIAN.replace('\n', "\0"),
        &long,
    ] {
        assert_eq!(detect(text.as_bytes(), true), Encoding::Utf8, "{text:?}");
        assert_eq!(detect(text.as_bytes(), false), Encoding::Utf8, "{text:?}");
    }
    // A sequence that is cut is no fault in the middle of a text; at its end it is.
    assert_eq!(detect(b"caf\xC3", false), Encoding::Utf8);
    assert_ne!(detect(b"caf\xC3", true), Encoding::Utf8);
}

#[test]
fn records_that_end_in_nul_are_not_utf16() {
    use language::*;
    for (label, text) in [("windows-1252", FRENCH), ("windows-1251", RUSSIAN), ("shift_jis", JAPANESE)] {
        let encoding = Encoding::for_label(label).expect("a label");
        let bytes = encode(encoding, &kilobyte(text).replace(['\n', ' '], "\0")).expect(label);
        assert_eq!(detect(&bytes, true), encoding);
    }
}

/// What chardetng does not know, told by how its relatives read.
#[test]
fn relatives_are_told_apart() {
    use language::*;
    let mended = FRENCH.replace("eau", "œuvre, l’eau").replace("or.", "or, pour 3 €.");
    for (label, text) in [
        ("iso-8859-15", mended.replace('’', "'")),
        ("macintosh", mended),
        ("macintosh", SWEDISH.to_owned()),
        ("macintosh", ENGLISH.replace("Nobody talks much;", "“I don’t,” he said. “We’re no talkers.”")),
        ("x-mac-cyrillic", RUSSIAN.to_owned()),
    ] {
        let wanted = Encoding::for_label(label).expect("a label");
        let text = kilobyte(&text);
        let bytes = encode(wanted, &text).expect(label);
        assert_eq!(detect(&bytes, true), wanted, "{label}");
    }
}

#[test]
fn one_damaged_place_decides_nothing() {
    use language::*;
    for (label, text) in [
        ("windows-874", THAI),
        ("windows-1253", GREEK),
        ("shift_jis", JAPANESE),
        ("euc-jp", JAPANESE),
        ("big5", TRADITIONAL),
        ("euc-kr", KOREAN),
        ("gb18030", SIMPLIFIED),
    ] {
        let wanted = Encoding::for_label(label).expect("a label");
        let text = kilobyte(text).repeat(8);
        let mut bytes = encode(wanted, &text).expect(label);
        let middle = bytes.len() / 2;
        let line = middle + memchr::memchr(b'\n', &bytes[middle..]).expect("a line ends");
        bytes.splice(line..line, *b"\xFF\x9F");
        let found = detect(&bytes, true);
        let (text, _) = decode(found, b'\n', 0, &[&bytes[..line]]);
        assert_eq!(text, decode(wanted, b'\n', 0, &[&bytes[..line]]).0, "{label}: {found:?}");
    }
}

#[test]
fn a_foreign_name_makes_no_foreign_text() {
    use language::*;
    for word in ["mediæval", "Ové", "Córdoba", "naïve", "“”"] {
        let text = kilobyte(ENGLISH) + &format!("Some {word} and so on.\n") + ENGLISH;
        let bytes = encode(Encoding::Other(encoding_rs::WINDOWS_1252), &text).expect("it has them");
        let found = detect(&bytes, true);
        assert_eq!(decode(found, b'\n', 0, &[&bytes]).0, text.as_bytes(), "{word}: {found:?}");
    }
}

#[test]
fn utf16_of_any_script_is_told_by_its_spaces() {
    use language::*;
    for text in [
        // Presentation forms, whose upper bytes are no controls.
        "\u{FEB3}\u{FEFC}\u{FEE1} \u{FEA9}\u{FEE7}\u{FEF4}\u{FE8E}\n".repeat(40),
        // Runs of ZWNJ, whose lower byte is one.
        PERSIAN.replace(' ', &format!(" {}", "\u{200C}".repeat(12))),
        format!("{JAPANESE}{PERSIAN}{PERSIAN}"),
    ] {
        for label in ["utf-16le", "utf-16be"] {
            let wanted = Encoding::for_label(label).expect("a label");
            assert_eq!(detect(&encode(wanted, &text).expect("all of Unicode"), true), wanted, "{text}");
        }
    }
    // Names of one length, each with its NUL in an even place.
    let names: String = (10..80).map(|number| format!("имя{number}.txt\0")).collect();
    for label in ["windows-1251", "koi8-r", "ibm866"] {
        let wanted = Encoding::for_label(label).expect("a label");
        let found = detect(&encode(wanted, &names).expect(label), true);
        assert!(!found.name().starts_with("UTF"), "{label}: {found:?}");
    }
}
