//! The bytes that a record is compared by: what its hash is of.

use rewrite::{Key, KeyScratch};

/// What records are compared by.
#[derive(Debug, Clone, Default)]
pub struct KeyText {
    /// The folding; `None` is the text as it stands.
    pub norm: Option<Key>,
    /// A record may have several texts: columns, or the sides of aligned files. Then even one is told apart by its
    /// length, lest it equal several others.
    pub is_manifold: bool,
}

/// Space for one text after the other.
#[derive(Debug, Default)]
pub struct TextScratch {
    norm: KeyScratch,
    joined: Vec<u8>,
}

impl KeyText {
    /// The bytes of a record's texts: of one text itself, folded; of several each behind its length, so that they are
    /// told apart.
    pub fn of<'a>(&self, scratch: &'a mut TextScratch, texts: &[&'a [u8]]) -> &'a [u8] {
        if let (None, [text], false) = (&self.norm, texts, self.is_manifold) {
            return text;
        }
        let joined = &mut scratch.joined;
        joined.clear();
        for text in texts {
            let start = joined.len();
            joined.extend_from_slice(&[0; size_of::<u64>()]);
            match &self.norm {
                Some(norm) => norm.key_into(&mut scratch.norm, text, joined),
                None => joined.extend_from_slice(text),
            }
            let length = (joined.len() - start) as u64;
            joined[start..start + size_of::<u64>()].copy_from_slice(&length.to_le_bytes());
        }
        joined
    }

    /// The folding's name, as parameters say it.
    pub fn name(&self) -> Option<String> {
        self.norm.as_ref().map(ToString::to_string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_apart() {
        let mut scratch = TextScratch::default();
        let key = KeyText { is_manifold: true, ..KeyText::default() };
        let one = key.of(&mut scratch, &[b"ab", b"c"]).to_vec();
        assert_ne!(one, key.of(&mut scratch, &[b"a", b"bc"]));
        assert_eq!(one, key.of(&mut scratch, &[b"ab", b"c"]));
        // A record without its second column may hold what two columns are joined to.
        assert_ne!(one, key.of(&mut scratch, &[&one]));
        assert_eq!(KeyText::default().of(&mut scratch, &[b"ab"]), b"ab");
    }

    #[test]
    fn a_folding_forgives() {
        let mut scratch = TextScratch::default();
        let key = KeyText { norm: Some(Key::parse("lower").expect("a name")), is_manifold: false };
        assert_eq!(key.name().as_deref(), Some("lower"));
        assert_eq!(key.of(&mut scratch, &[b"AB"]).to_vec(), key.of(&mut scratch, &[b"ab"]));
    }
}
