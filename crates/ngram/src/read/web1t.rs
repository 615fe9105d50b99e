//! N-gram and count with a tab between, as the shards of Web 1T 5-gram have them: tokens between single spaces, as they are.

use std::path::Path;

use super::{columns, push_tokens};

pub(super) fn read(line: &[u8], key: &mut Vec<u8>) -> Result<u64, &'static str> {
    let (gram, count) = columns(line)?;
    push_tokens(gram.split(|&byte| byte == b' '), key)?;
    Ok(count)
}

/// Whether a file in a folder of shards holds something else: an index, a sum, or the words once more in another order.
pub(super) fn is_no_shard(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let plain = [".gz", ".zst", ".xz", ".bz2"].iter().find_map(|suffix| name.strip_suffix(suffix));
    let plain = plain.unwrap_or(name);
    plain.ends_with(".idx") || plain == "total" || plain == "vocab_cs"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_told_from_what_lies_beside_them() {
        for name in ["2gm.idx", "a/total", "vocab_cs.gz", "x.idx.gz"] {
            assert!(is_no_shard(Path::new(name)), "{name}");
        }
        for name in ["2gm-0000", "vocab.gz", "totals", "vocab_cs/2gm-0001.bz2"] {
            assert!(!is_no_shard(Path::new(name)), "{name}");
        }
    }
}
