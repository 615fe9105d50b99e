//! An object for each n-gram, as ngram writes them: its tokens in `ngram`, its `count`; other fields say nothing here.

use serde_json::Value;

use super::push_tokens;

pub(super) fn read(line: &[u8], key: &mut Vec<u8>) -> Result<u64, &'static str> {
    let Ok(Value::Object(object)) = serde_json::from_slice(line) else { return Err("no JSON object") };
    let tokens = object.get("ngram").and_then(Value::as_array).ok_or("no array 'ngram'")?;
    if !tokens.iter().all(Value::is_string) {
        return Err("a token that is no string");
    }
    push_tokens(tokens.iter().filter_map(Value::as_str).map(str::as_bytes), key)?;
    if object.get("order").is_some_and(|order| order.as_u64() != Some(tokens.len() as u64)) {
        return Err("'order' is not the number of tokens");
    }
    let count = object.get("count").and_then(Value::as_u64).filter(|&count| count > 0);
    count.ok_or("no 'count' that is a number from 1 to 2^64 - 1")
}
