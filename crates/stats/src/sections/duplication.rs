//! What comes again.

use crate::observe::RepeatKind;
use crate::parameters::Parameters;
use crate::report::{Section, Value};
use crate::sequence;
use crate::survey::Survey;

/// Records, lines and paragraphs of which an earlier one was the same, and n-grams that come again inside their document.
pub fn section(survey: &Survey, parameters: &Parameters) -> Section {
    let mut section = Section::new("duplication", "duplication");
    for kind in RepeatKind::ALL {
        let Some(&[count, bytes]) = survey.sums.units.get(kind.name()) else { continue };
        let [repeats, repeated_bytes] = survey.repeated.get(&kind).copied().unwrap_or_default();
        let name = kind.name();
        section
            .add(&format!("{name}s"), &format!("{name}s again"), Value::Share { count: repeats, of: count })
            .note("an earlier one is the same");
        section.add(
            &format!("{name}_bytes"),
            &format!("bytes of {name}s again"),
            Value::Share { count: repeated_bytes, of: bytes },
        );
    }
    if parameters.areas.sequence {
        for length in sequence::NGRAM_LENGTHS {
            let sum = |name: &str| survey.sums.sequences.get(name).copied().unwrap_or(0);
            let (repeats, of) = (sum(&sequence::repeated_name(length)), sum(&sequence::windows_name(length)));
            section
                .add(
                    &format!("ngrams_{length}"),
                    &format!("{length}-grams again"),
                    Value::Share { count: repeats, of },
                )
                .note("inside their document");
        }
    }
    section
}
