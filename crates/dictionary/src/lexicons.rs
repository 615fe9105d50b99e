//! The dictionaries that ICU4X brings, as they lie in the program.

use crate::letters::Letters;
use crate::units::Units;
use icu_provider::prelude::{
    DataIdentifierBorrowed, DataMarker, DataMarkerAttributes, DataProvider, DataRequest,
};
use icu_segmenter::provider::{
    Baked, DictionaryBreakData, SegmenterDictionaryAutoV2, SegmenterDictionaryExtendedV2,
};

/// One dictionary for each script that has one.
#[derive(Debug)]
pub(crate) struct Lexicons {
    pub(crate) thai: Letters,
    pub(crate) lao: Letters,
    pub(crate) burmese: Letters,
    pub(crate) khmer: Letters,
    pub(crate) han: Units,
}

impl Lexicons {
    pub(crate) fn new() -> Self {
        Lexicons {
            thai: letters("thaidict", 0x0E00),
            lao: letters("laodict", 0x0E80),
            burmese: letters("burmesedict", 0x1000),
            khmer: letters("khmerdict", 0x1780),
            han: units("cjdict"),
        }
    }
}

fn letters(name: &str, base: u32) -> Letters {
    match compiled::<SegmenterDictionaryExtendedV2>(name) {
        DictionaryBreakData::ZeroTrie { alphabet, trie } => {
            Letters::new(trie.as_bytes(), alphabet.iter_ranges().flatten(), base)
        }
        DictionaryBreakData::Char16Trie(_) => {
            unreachable!("alphabets have a trie of letters in this version")
        }
    }
}

fn units(name: &str) -> Units {
    match compiled::<SegmenterDictionaryAutoV2>(name) {
        DictionaryBreakData::Char16Trie(trie) => Units::new(trie.data.as_bytes()),
        DictionaryBreakData::ZeroTrie { .. } => unreachable!("Han has a trie of code units in this version"),
    }
}

fn compiled<M>(name: &str) -> &'static DictionaryBreakData<'static>
where
    M: DataMarker<DataStruct = DictionaryBreakData<'static>>,
    Baked: DataProvider<M>,
{
    let attributes = DataMarkerAttributes::try_from_str(name).expect("names are ASCII letters");
    let id = DataIdentifierBorrowed::for_marker_attributes(attributes);
    let response = Baked.load(DataRequest { id, ..DataRequest::default() }).expect("it is compiled in");
    response.payload.get_static().expect("what is compiled in is static")
}
