//! What keys depend on besides the text.

use serde_json::{Value, json};

/// What keys were made with. Only keys of the same parameters can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    /// How many bits a key has: 64 or 128.
    pub key_bits: u32,
    /// What of a text the keys are of; `None` is the text as it stands.
    pub key_norm: Option<String>,
}

/// How a file of seen keys begins, in this version.
pub const MAGIC: &str = "#sluice dedupe seen 1 ";

/// How one begins in any version.
pub const MAGIC_ANY: &str = "#sluice dedupe seen ";

impl Parameters {
    /// The first line of a file.
    pub fn head(&self) -> String {
        format!("{MAGIC}{}\n", self.to_json())
    }

    /// Reads a first line, given without its end; `None` if it is none of this version.
    pub fn parse(line: &[u8]) -> Option<Self> {
        let json: Value = serde_json::from_slice(line.strip_prefix(MAGIC.as_bytes())?).ok()?;
        let key_bits = json["key_bits"].as_u64().and_then(|bits| u32::try_from(bits).ok())?;
        let key_norm = json.get("key_norm").map(|norm| norm.as_str().map(str::to_owned));
        let parameters = Parameters {
            key_bits,
            key_norm: match key_norm {
                Some(None) => return None,
                other => other.flatten(),
            },
        };
        // What is not understood cannot be compared.
        (matches!(key_bits, 64 | 128) && parameters.to_json() == json).then_some(parameters)
    }

    /// As a first line says it, and a partial result.
    pub fn to_json(&self) -> Value {
        let mut json = json!({ "hash": "xxh3", "key_bits": self.key_bits });
        if let Some(norm) = &self.key_norm {
            json["key_norm"] = json!(norm);
        }
        json
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_back() {
        for (key_bits, key_norm) in [(128, None), (64, Some("fa,space".to_owned()))] {
            let parameters = Parameters { key_bits, key_norm };
            let head = parameters.head();
            assert_eq!(Parameters::parse(head.trim_end().as_bytes()), Some(parameters));
        }
    }

    #[test]
    fn another_head_is_refused() {
        for line in [
            "",
            "#sluice dedupe seen 1 ",
            "#sluice dedupe seen 2 {\"hash\":\"xxh3\",\"key_bits\":128}",
            "#sluice dedupe seen 1 {\"hash\":\"xxh3\",\"key_bits\":128,\"key_norm\":3}",
            "#sluice dedupe seen 1 {\"hash\":\"xxh3\",\"key_bits\":128,\"salt\":1}",
            "#sluice dedupe seen 1 {\"hash\":\"md5\",\"key_bits\":128}",
            "#sluice dedupe seen 1 {\"hash\":\"xxh3\",\"key_bits\":127}",
        ] {
            assert_eq!(Parameters::parse(line.as_bytes()), None, "{line}");
        }
    }
}
