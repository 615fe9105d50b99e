//! A trie of bytes: which pieces a text begins with.

use std::ops::Range;

/// Nodes by number; the children of one lie side by side, in order of their bytes.
#[derive(Debug)]
pub(crate) struct Trie {
    labels: Vec<u8>,
    ids: Vec<u32>,
    /// Where the children of each node begin, and at last where the last one's end.
    children: Vec<u32>,
    /// The children of the root by byte.
    root: Box<[u32; 256]>,
}

const NONE: u32 = u32::MAX;

impl Trie {
    pub(crate) fn new<'a>(forms: impl Iterator<Item = (&'a [u8], u32)>) -> Trie {
        let mut forms: Vec<(&[u8], u32)> = forms.filter(|(form, _)| !form.is_empty()).collect();
        forms.sort_unstable();
        let mut trie =
            Trie { labels: vec![0], ids: vec![NONE], children: Vec::new(), root: Box::new([NONE; 256]) };
        // Level by level: which forms lie below each node, and how deep it is.
        let mut levels: Vec<(Range<usize>, usize)> = vec![(0..forms.len(), 0)];
        let mut node = 0;
        while node < levels.len() {
            let (range, depth) = levels[node].clone();
            trie.children.push(trie.labels.len() as u32);
            let mut start = range.start;
            while start < range.end {
                let label = forms[start].0[depth];
                let size = forms[start..range.end].partition_point(|(form, _)| form[depth] == label);
                let is_end = forms[start].0.len() == depth + 1;
                if node == 0 {
                    trie.root[usize::from(label)] = trie.labels.len() as u32;
                }
                trie.labels.push(label);
                trie.ids.push(if is_end { forms[start].1 } else { NONE });
                levels.push((start + usize::from(is_end)..start + size, depth + 1));
                start += size;
            }
            node += 1;
        }
        trie.children.push(trie.labels.len() as u32);
        trie
    }

    /// Call `receive` with the id and length of each piece that a text begins with, the shortest first.
    #[inline]
    pub(crate) fn prefixes(&self, text: &[u8], mut receive: impl FnMut(u32, usize)) {
        let Some((&first, rest)) = text.split_first() else { return };
        let mut node = self.root[usize::from(first)];
        if node == NONE {
            return;
        }
        for (length, &byte) in (1..).zip(rest.iter().chain([&0])) {
            let id = self.ids[node as usize];
            if id != NONE {
                receive(id, length);
            }
            if length == text.len() {
                return;
            }
            let children = self.children[node as usize] as usize..self.children[node as usize + 1] as usize;
            let labels = &self.labels[children.clone()];
            let found = if labels.len() <= 8 {
                labels.iter().position(|&label| label == byte)
            } else {
                labels.binary_search(&byte).ok()
            };
            match found {
                Some(index) => node = (children.start + index) as u32,
                None => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_come_from_the_shortest_on() {
        let forms = ["a", "abc", "ab", "b", "x\0", "aé"];
        let trie = Trie::new(forms.iter().zip(0..).map(|(form, id)| (form.as_bytes(), id)));
        let prefixes = |text: &str| {
            let mut found = Vec::new();
            trie.prefixes(text.as_bytes(), |id, length| found.push((id, length)));
            found
        };
        assert_eq!(prefixes("abcd"), [(0, 1), (2, 2), (1, 3)]);
        assert_eq!(prefixes("aé"), [(0, 1), (5, 3)]);
        assert_eq!(prefixes("x"), []);
        assert_eq!(prefixes("x\0"), [(4, 2)]);
        assert_eq!(prefixes("z"), []);
        assert_eq!(prefixes(""), []);
    }
}
