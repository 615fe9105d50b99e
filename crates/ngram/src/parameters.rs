//! What counts depend on besides the text, and how their entries are made.

use serde_json::{Value, json};
use textcore::Error;

use crate::orders::Orders;

/// What counts were made with. Only counts of the same parameters can be added up.
///
/// An entry is the tokens of an n-gram joined by a space, with tab, LF, CR and backslash escaped; with several orders, a tab and
/// the order's digit follow. Entries in byte order are thus in the order of the lines that will be written. With a key norm
/// the tokens are keys, and after one more tab comes the n-gram as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parameters {
    /// Which orders.
    pub orders: Orders,
    /// The name of the unit that tokens are.
    pub unit: String,
    /// The name of the key that tokens are counted by; `None` where they count as they stand.
    pub key_norm: Option<String>,
    /// Which tokens make an n-gram.
    pub shape: Shape,
    /// Each record begins with `<s>`.
    pub has_begin: bool,
    /// Each record ends with `</s>`.
    pub has_end: bool,
    /// What documents are, if they are counted.
    pub documents: Documents,
    /// A digest of the vocabulary that other tokens are `<unk>` to; `None` where every token counts as it stands.
    pub vocabulary: Option<String>,
}

/// Which tokens of a record make an n-gram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// Those that follow each other.
    #[default]
    Adjacent,
    /// Those in text order with at most so many tokens left out between the first and the last.
    SkipGram(u32),
    /// Two that are at most so many places apart, without an order: the lesser of the two stands first.
    Window(u32),
}

/// Whether an n-gram's documents are counted, and what one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Documents {
    /// They are not counted.
    #[default]
    Uncounted,
    /// An operand.
    Files,
    /// A record.
    Records,
}

impl Parameters {
    /// As a partial result says it.
    pub fn to_json(&self) -> Value {
        let mut json = json!({ "orders": self.orders.to_string(), "unit": self.unit });
        if let Some(norm) = &self.key_norm {
            json["key_norm"] = json!(norm);
        }
        match self.shape {
            Shape::Adjacent => {}
            Shape::SkipGram(skips) => json["skip_gram"] = json!(skips),
            Shape::Window(width) => json["window"] = json!(width),
        }
        for (name, is_set) in [("bos", self.has_begin), ("eos", self.has_end)] {
            if is_set {
                json[name] = json!(true);
            }
        }
        match self.documents {
            Documents::Uncounted => {}
            Documents::Files => json["documents"] = json!("file"),
            Documents::Records => json["documents"] = json!("record"),
        }
        if let Some(vocabulary) = &self.vocabulary {
            json["vocabulary"] = json!(vocabulary);
        }
        json
    }

    /// Reads what a partial result says.
    ///
    /// # Errors
    /// [`Error::Usage`] if it says something else.
    pub fn from_json(json: &Value) -> Result<Self, Error> {
        let number = |name: &str| json[name].as_u64().and_then(|number| u32::try_from(number).ok());
        let read = || {
            Some(Parameters {
                orders: json["orders"].as_str()?.parse().ok()?,
                unit: json["unit"].as_str()?.to_owned(),
                key_norm: json["key_norm"].as_str().map(str::to_owned),
                shape: match (number("skip_gram"), number("window")) {
                    (None, None) => Shape::Adjacent,
                    (Some(skips), None) => Shape::SkipGram(skips),
                    (None, Some(width)) => Shape::Window(width),
                    (Some(_), Some(_)) => return None,
                },
                has_begin: json["bos"].as_bool().unwrap_or(false),
                has_end: json["eos"].as_bool().unwrap_or(false),
                documents: match json["documents"].as_str() {
                    None => Documents::Uncounted,
                    Some("file") => Documents::Files,
                    Some("record") => Documents::Records,
                    Some(_) => return None,
                },
                vocabulary: json["vocabulary"].as_str().map(str::to_owned),
            })
        };
        let parameters = read().filter(|parameters| parameters.to_json() == *json);
        parameters.ok_or_else(|| Error::Usage(format!("the parameters {json} are not those of this version")))
    }

    /// The order that an entry is of.
    pub fn order_of(&self, entry: &[u8]) -> u8 {
        self.orders.order_of(if self.key_norm.is_some() { at_last_tab(entry).0 } else { entry })
    }

    /// The n-gram that is shown for an entry.
    pub fn shown<'e>(&self, entry: &'e [u8]) -> &'e [u8] {
        if self.key_norm.is_some() { at_last_tab(entry).1 } else { self.orders.gram(entry) }
    }
}

/// What stands before and after the last tab.
fn at_last_tab(entry: &[u8]) -> (&[u8], &[u8]) {
    let tab = entry.iter().rposition(|&byte| byte == b'\t');
    tab.map_or((entry, entry), |tab| (&entry[..tab], &entry[tab + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(orders: &str, key_norm: Option<&str>) -> Parameters {
        let orders = orders.parse().expect("orders");
        Parameters {
            orders,
            unit: "word".to_owned(),
            key_norm: key_norm.map(str::to_owned),
            ..Parameters::default()
        }
    }

    #[test]
    fn entries_know_their_order_and_what_is_shown() {
        for (orders, norm, entry, order, shown) in [
            ("2", None, "a b", 2, "a b"),
            ("1-3", None, "a b\t2", 2, "a b"),
            ("2", Some("lower"), "a b\tA b", 2, "A b"),
            ("1-3", Some("lower"), "a b\t2\tA b", 2, "A b"),
        ] {
            let parameters = parameters(orders, norm);
            assert_eq!(parameters.order_of(entry.as_bytes()), order, "{entry}");
            assert_eq!(parameters.shown(entry.as_bytes()), shown.as_bytes(), "{entry}");
        }
    }

    #[test]
    fn json_is_read_back() {
        let rich = Parameters {
            shape: Shape::SkipGram(2),
            has_begin: true,
            documents: Documents::Records,
            vocabulary: Some("1f".to_owned()),
            ..parameters("2-3", Some("fa"))
        };
        for parameters in [parameters("1-9", None), parameters("2", Some("lower,fa")), rich] {
            assert_eq!(Parameters::from_json(&parameters.to_json()).expect("parameters"), parameters);
        }
        assert!(
            !parameters("2", None).to_json().to_string().contains("key"),
            "as parts were before there were keys"
        );
        assert!(Parameters::from_json(&json!({ "orders": "0", "unit": "word" })).is_err());
    }
}
