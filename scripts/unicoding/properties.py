"""The tables of single properties: General_Category, Joining_Type, decimal digits, emoji, ignorable characters, width."""

import sys

from .reading import CODE_POINTS, DATA, UnicodeData, code_range, fields, members
from .writing import identifier, trie, write

# Values of General_Category: code and long name (PropertyValueAliases.txt).
CATEGORIES = [
    pair.split("=")
    for pair in """
Lu=Uppercase_Letter Ll=Lowercase_Letter Lt=Titlecase_Letter Lm=Modifier_Letter Lo=Other_Letter Mn=Nonspacing_Mark
Mc=Spacing_Mark Me=Enclosing_Mark Nd=Decimal_Number Nl=Letter_Number No=Other_Number Pc=Connector_Punctuation
Pd=Dash_Punctuation Ps=Open_Punctuation Pe=Close_Punctuation Pi=Initial_Punctuation Pf=Final_Punctuation
Po=Other_Punctuation Sm=Math_Symbol Sc=Currency_Symbol Sk=Modifier_Symbol So=Other_Symbol Zs=Space_Separator
Zl=Line_Separator Zp=Paragraph_Separator Cc=Control Cf=Format Cs=Surrogate Co=Private_Use Cn=Unassigned
""".split()
]

# In the order of `JoiningType` in src/joining.rs.
JOINING_TYPES = "UCTDLR"

# CLDR's names of the numbering systems with ten digits of their own, by the code point of the zero.
NUMBERING_SYSTEMS = {
    int(zero, 16): name
    for name, zero in (
        pair.split("=")
        for pair in """
latn=0030 arab=0660 arabext=06F0 nkoo=07C0 deva=0966 beng=09E6 guru=0A66 gujr=0AE6 orya=0B66 tamldec=0BE6 telu=0C66
knda=0CE6 mlym=0D66 sinh=0DE6 thai=0E50 laoo=0ED0 tibt=0F20 mymr=1040 mymrshan=1090 khmr=17E0 mong=1810 limb=1946
talu=19D0 lana=1A80 lanatham=1A90 bali=1B50 sund=1BB0 lepc=1C40 olck=1C50 vaii=A620 saur=A8D0 kali=A900 java=A9D0
mymrtlng=A9F0 cham=AA50 mtei=ABF0 fullwide=FF10 osma=104A0 rohg=10D30 gara=10D40 brah=11066 sora=110F0 cakm=11136
shrd=111D0 sind=112F0 newa=11450 tirh=114D0 modi=11650 takr=116C0 mymrpao=116D0 mymrepka=116DA ahom=11730 wara=118E0
diak=11950 sunu=11BF0 bhks=11C50 gonm=11D50 gong=11DA0 tols=11DE0 kawi=11F50 gukh=16130 mroo=16A60 tnsa=16AC0
hmng=16B50 krai=16D70 outlined=1CCF0 mathbold=1D7CE mathdbl=1D7D8 mathsans=1D7E2 mathsanb=1D7EC mathmono=1D7F6
hmnp=1E140 wcho=1E2F0 nagm=1E4F0 onao=1E5F1 adlm=1E950 segment=1FBF0
""".split()
    )
}

# Bits, as src/emoji.rs and src/ignorable.rs read them.
EMOJI = "Emoji Emoji_Presentation Emoji_Modifier Emoji_Modifier_Base Extended_Pictographic".split()
IGNORABLE = (
    ("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point"),
    ("PropList.txt", "Bidi_Control"),
    ("PropList.txt", "Variation_Selector"),
    ("PropList.txt", "Noncharacter_Code_Point"),
)

# Bits, as src/property.rs reads them.
PROPERTIES = "Alphabetic Lowercase White_Space Ll Nd N P S Sc".split()


def category_table(directory):
    data = UnicodeData(directory / "UnicodeData.txt")
    codes = [code for code, _ in CATEGORIES]
    table = [codes.index(category) for category in data.category]
    text, size = trie("CATEGORY", table, "u8", "General_Category of a character: its place in `Category::ALL`.")
    variants = "\n".join(f"    /// {name.replace('_', ' ')}, `{code}`.\n    {identifier(name)}," for code, name in CATEGORIES)
    listed = "\n".join(f"    Category::{identifier(name)}," for _, name in CATEGORIES)
    named = "\n".join(f'    ("{name}", "{code}"),' for code, name in CATEGORIES)
    write(
        "category",
        "use super::Trie;",
        "/// A value of the General_Category property (UAX #44, table 12), in the order of that table.\n"
        "#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[repr(u8)]\n"
        f"pub enum Category {{\n{variants}\n}}\n",
        f"pub(crate) static CATEGORIES: [Category; {len(codes)}] = [\n{listed}\n];\n",
        f"/// Long name and code.\npub(crate) static NAMES: [(&str, &str); {len(codes)}] = [\n{named}\n];\n",
        text,
    )
    return size


def joining_table(directory):
    data = UnicodeData(directory / "UnicodeData.txt")
    transparent = JOINING_TYPES.index("T")
    table = [transparent if category in ("Mn", "Me", "Cf") else 0 for category in data.category]
    for row in fields(DATA / "JoiningType.txt"):
        for code in code_range(row[0]):
            table[code] = JOINING_TYPES.index(row[1])
    text, size = trie("JOINING", table, "u8", "Joining_Type of a character: its place in `JoiningType::ALL`.")
    write("joining", "use super::Trie;", text)
    return size


def digit_table(directory):
    decimal = UnicodeData(directory / "UnicodeData.txt").decimal
    zeros = sorted(code for code, value in decimal.items() if value == 0)
    table = [0] * CODE_POINTS
    for place, zero in enumerate(zeros, 1):
        if zero not in NUMBERING_SYSTEMS:
            sys.exit(f"gen-unicode: no name for the digits from U+{zero:04X} on")
        for value in range(10):
            if decimal.pop(zero + value, None) != value:
                sys.exit(f"gen-unicode: U+{zero + value:04X} is not the digit {value}")
            table[zero + value] = place
    if decimal:
        sys.exit("gen-unicode: a decimal digit is in no run of ten")
    text, size = trie("DIGIT", table, "u8", "Set of a decimal digit: its place in `SETS`, from 1 on; 0 for none.")
    rows = "\n".join(f"    ('\\u{{{zero:04X}}}', \"{NUMBERING_SYSTEMS[zero]}\")," for zero in zeros)
    sets = f"/// The zero and the name of each set of digits.\npub(crate) static SETS: [(char, &str); {len(zeros)}] = [\n{rows}\n];\n"
    write("digit", "use super::Trie;", text, sets)
    return size


def flags(directory, properties):
    """One bit for each binary property of a list of files and names."""
    table = [0] * CODE_POINTS
    for place, (file, name) in enumerate(properties):
        for code in members(directory / file, name):
            table[code] |= 1 << place
    return table


def emoji_table(directory):
    table = flags(directory, [("emoji-data.txt", name) for name in EMOJI])
    text, size = trie("EMOJI", table, "u8", f"One bit each, from the lowest: {', '.join(EMOJI)}.")
    write("emoji", "use super::Trie;", text)
    return size


def ignorable_table(directory):
    table = flags(directory, IGNORABLE)
    text, size = trie("IGNORABLE", table, "u8", f"One bit each, from the lowest: {', '.join(name for _, name in IGNORABLE)}.")
    write("ignorable", "use super::Trie;", text)
    return size


def property_table(directory):
    derived = [
        members(directory / "DerivedCoreProperties.txt", "Alphabetic"),
        members(directory / "DerivedCoreProperties.txt", "Lowercase"),
        members(directory / "PropList.txt", "White_Space"),
    ]
    categories = UnicodeData(directory / "UnicodeData.txt").category
    table = [0] * CODE_POINTS
    for code in range(CODE_POINTS):
        for place, name in enumerate(PROPERTIES):
            holds = code in derived[place] if place < len(derived) else categories[code].startswith(name)
            table[code] |= holds << place
    text, size = trie("PROPERTY", table, "u16", f"One bit each, from the lowest: {', '.join(PROPERTIES)}.")
    write("property", "use super::Trie;", text)
    return size


def display_table(directory):
    """Columns of a terminal in the two low bits, then a bit each for strong left-to-right and right-to-left."""
    data = UnicodeData(directory / "UnicodeData.txt")
    ignorable = members(directory / "DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
    visible = members(directory / "PropList.txt", "Prepended_Concatenation_Mark") | {0x00AD, 0x115F}
    table = [1] * CODE_POINTS
    for row in fields(directory / "EastAsianWidth.txt"):
        for code in code_range(row[0]) if row[1] in ("W", "F") else ():
            table[code] = 2
    # Vowels and final consonants of Hangul are drawn into the square of the consonant before them.
    inner = {*range(0x1160, 0x1200), *range(0xD7B0, 0xD800)}
    for code in range(CODE_POINTS):
        is_mark = data.category[code] in ("Mn", "Me", "Cc", "Cf", "Zl", "Zp") or code in ignorable
        if code in inner or is_mark and code not in visible:
            table[code] = 0
        table[code] |= {"L": 4, "R": 8, "AL": 8}.get(data.bidi.get(code), 0)
    text, size = trie("DISPLAY", table, "u8", "Columns in the two low bits; 4: strong left-to-right; 8: strong right-to-left.")
    write("display", "use super::Trie;", text)
    return size
