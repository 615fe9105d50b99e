//! What a model file leaves open.

/// How a model is to be used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether the pieces that the file's post-processor puts around a text are given (`[CLS]`, `<s>`): they
    /// stand for no bytes. Off unless asked.
    pub special_tokens: bool,
    /// Whether special tokens that a text spells out are found in it. As the libraries do it by default: on for
    /// `tokenizer.json`, off for rank files (`encode_ordinary`).
    pub special_in_text: Option<bool>,
    /// The encoding whose split pattern and special tokens go with a rank file; by default the file tells.
    pub encoding: Option<String>,
}
