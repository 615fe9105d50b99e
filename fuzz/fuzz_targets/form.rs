//! Normalization forms: twice is once, what says it is normalized is, and the plain twin agrees.

#![no_main]

use fuzz::{TWIN_BYTES_MAX, twin};
use libfuzzer_sys::fuzz_target;
use unicode::Form;

fuzz_target!(|text: &[u8]| {
    for form in Form::ALL {
        let once = normalized(form, text);
        assert_eq!(normalized(form, &once), once, "{form:?} twice");
        assert!(form.is_normalized(&once), "{form:?}");
        assert_eq!(form.is_normalized(text), once == text, "{form:?}");
        if let Some(change) = form.first_change(text) {
            assert_eq!(once[..change], text[..change], "{form:?}");
            assert_ne!(once[change..], text[change..], "{form:?}");
        }
        if text.len() <= TWIN_BYTES_MAX {
            assert_eq!(once, twin::forms::normalize(form, text), "{form:?}");
        }
    }
});

fn normalized(form: Form, text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    form.normalize_into(text, &mut out);
    out
}
