"""The table of scripts, and the enum of their names."""

import sys

from .reading import fields, values
from .writing import identifier, trie, write

# ISO 15924 codes of the values of the Script property, by long name.
SCRIPT_CODES = dict(
    pair.split("=")
    for pair in """
Adlam=Adlm Ahom=Ahom Anatolian_Hieroglyphs=Hluw Arabic=Arab Armenian=Armn Avestan=Avst Balinese=Bali Bamum=Bamu
Bassa_Vah=Bass Batak=Batk Bengali=Beng Beria_Erfe=Berf Bhaiksuki=Bhks Bopomofo=Bopo Brahmi=Brah Braille=Brai
Buginese=Bugi Buhid=Buhd Canadian_Aboriginal=Cans Carian=Cari Caucasian_Albanian=Aghb Chakma=Cakm Cham=Cham
Cherokee=Cher Chorasmian=Chrs Common=Zyyy Coptic=Copt Cuneiform=Xsux Cypriot=Cprt Cypro_Minoan=Cpmn Cyrillic=Cyrl
Deseret=Dsrt Devanagari=Deva Dives_Akuru=Diak Dogra=Dogr Duployan=Dupl Egyptian_Hieroglyphs=Egyp Elbasan=Elba
Elymaic=Elym Ethiopic=Ethi Garay=Gara Georgian=Geor Glagolitic=Glag Gothic=Goth Grantha=Gran Greek=Grek
Gujarati=Gujr Gunjala_Gondi=Gong Gurmukhi=Guru Gurung_Khema=Gukh Han=Hani Hangul=Hang Hanifi_Rohingya=Rohg
Hanunoo=Hano Hatran=Hatr Hebrew=Hebr Hiragana=Hira Imperial_Aramaic=Armi Inherited=Zinh Inscriptional_Pahlavi=Phli
Inscriptional_Parthian=Prti Javanese=Java Jurchen=Jurc Kaithi=Kthi Kannada=Knda Katakana=Kana Kawi=Kawi Kayah_Li=Kali
Kharoshthi=Khar Khitan_Small_Script=Kits Khmer=Khmr Khojki=Khoj Khudawadi=Sind Kirat_Rai=Krai Lao=Laoo Latin=Latn
Lepcha=Lepc Limbu=Limb Linear_A=Lina Linear_B=Linb Lisu=Lisu Lycian=Lyci Lydian=Lydi Mahajani=Mahj Makasar=Maka
Malayalam=Mlym Mandaic=Mand Manichaean=Mani Marchen=Marc Masaram_Gondi=Gonm Medefaidrin=Medf Meetei_Mayek=Mtei
Mende_Kikakui=Mend Meroitic_Cursive=Merc Meroitic_Hieroglyphs=Mero Miao=Plrd Modi=Modi Mongolian=Mong Mro=Mroo
Multani=Mult Myanmar=Mymr Nabataean=Nbat Nag_Mundari=Nagm Nandinagari=Nand New_Tai_Lue=Talu Newa=Newa Nko=Nkoo
Nushu=Nshu Nyiakeng_Puachue_Hmong=Hmnp Ogham=Ogam Ol_Chiki=Olck Ol_Onal=Onao Old_Hungarian=Hung Old_Italic=Ital
Old_North_Arabian=Narb Old_Permic=Perm Old_Persian=Xpeo Old_Sogdian=Sogo Old_South_Arabian=Sarb Old_Turkic=Orkh
Old_Uyghur=Ougr Oriya=Orya Osage=Osge Osmanya=Osma Pahawh_Hmong=Hmng Palmyrene=Palm Pau_Cin_Hau=Pauc Phags_Pa=Phag
Phoenician=Phnx Proto_Cuneiform=Pcun Psalter_Pahlavi=Phlp Rejang=Rjng Runic=Runr Samaritan=Samr Saurashtra=Saur
Seal=Seal Sharada=Shrd Shavian=Shaw Siddham=Sidd Sidetic=Sidt SignWriting=Sgnw Sinhala=Sinh Sogdian=Sogd
Sora_Sompeng=Sora Soyombo=Soyo Sundanese=Sund Sunuwar=Sunu Syloti_Nagri=Sylo Syriac=Syrc Tagalog=Tglg Tagbanwa=Tagb
Tai_Le=Tale Tai_Tham=Lana Tai_Viet=Tavt Tai_Yo=Tayo Takri=Takr Tamil=Taml Tangsa=Tnsa Tangut=Tang Telugu=Telu
Thaana=Thaa Thai=Thai Tibetan=Tibt Tifinagh=Tfng Tirhuta=Tirh Todhri=Todr Tolong_Siki=Tols Toto=Toto Tulu_Tigalari=Tutg
Ugaritic=Ugar Unknown=Zzzz Vai=Vaii Vithkuqi=Vith Wancho=Wcho Warang_Citi=Wara Yezidi=Yezi Yi=Yiii
Zanabazar_Square=Zanb
""".split()
)


def script_table(directory):
    names = sorted({row[1] for row in fields(directory / "Scripts.txt")} | {"Unknown"})
    missing = [name for name in names if name not in SCRIPT_CODES]
    if missing:
        sys.exit(f"gen-unicode: no ISO 15924 code for {', '.join(missing)}")
    table = values(directory / "Scripts.txt", names, names.index("Unknown"))
    text, size = trie("SCRIPT", table, "u8", "Script of a character: its place in `Script::ALL`.")
    variants = "\n".join(f"    /// {name.replace('_', ' ')}, `{SCRIPT_CODES[name]}`.\n    {identifier(name)}," for name in names)
    listed = "\n".join(f"    Script::{identifier(name)}," for name in names)
    named = "\n".join(f'    ("{name}", "{SCRIPT_CODES[name]}"),' for name in names)
    write(
        "script",
        "use super::Trie;",
        "/// A value of the Script property (UAX #24), in the order of the long names.\n"
        "#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[repr(u8)]\n"
        f"pub enum Script {{\n{variants}\n}}\n",
        f"pub(crate) static SCRIPTS: [Script; {len(names)}] = [\n{listed}\n];\n",
        f"/// Long name and ISO 15924 code.\npub(crate) static NAMES: [(&str, &str); {len(names)}] = [\n{named}\n];\n",
        text,
    )
    return size
