//! What counts depend on besides the text, and how their entries are made.

use serde_json::{Value, json};
use textcore::Error;

use crate::counter::Orders;

/// What counts were made with. Only counts of the same parameters can be added up.
///
/// An entry is the tokens of an n-gram joined by a space, with tab, LF, CR and backslash escaped; with several orders, a tab and
/// the order's digit follow. Entries in byte order are thus in the order of the lines that will be written. With a key norm
/// the tokens are keys, and after one more tab comes the n-gram as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    /// Which orders.
    pub orders: Orders,
    /// The name of the unit that tokens are.
    pub unit: String,
    /// The name of the key that tokens are counted by; `None` where they count as they stand.
    pub key_norm: Option<String>,
}

impl Parameters {
    /// As a partial result says it.
    pub fn to_json(&self) -> Value {
        let mut json = json!({ "orders": self.orders.to_string(), "unit": self.unit });
        if let Some(norm) = &self.key_norm {
            json["key_norm"] = json!(norm);
        }
        json
    }

    /// Reads what a partial result says.
    ///
    /// # Errors
    /// [`Error::Usage`] if it says something else.
    pub fn from_json(json: &Value) -> Result<Self, Error> {
        let orders = json["orders"].as_str().and_then(|orders| orders.parse().ok());
        match (orders, json["unit"].as_str()) {
            (Some(orders), Some(unit)) => Ok(Parameters {
                orders,
                unit: unit.to_owned(),
                key_norm: json["key_norm"].as_str().map(str::to_owned),
            }),
            _ => Err(Error::Usage(format!("the parameters {json} are not those of this version"))),
        }
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
        Parameters { orders, unit: "word".to_owned(), key_norm: key_norm.map(str::to_owned) }
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
        for parameters in [parameters("1-9", None), parameters("2", Some("lower,fa"))] {
            assert_eq!(Parameters::from_json(&parameters.to_json()).expect("parameters"), parameters);
        }
        assert!(
            !parameters("2", None).to_json().to_string().contains("key"),
            "as parts were before there were keys"
        );
        assert!(Parameters::from_json(&json!({ "orders": "0", "unit": "word" })).is_err());
    }
}
