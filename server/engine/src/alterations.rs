//! What a change was from and to, told field by field. Secrets never come here: what is compared says at most whether there is one.

use model::Alteration;
use serde::Serialize;
use serde_json::Value;

use crate::Error;

/// Values longer than this are told by what differs in them.
const WHOLE: usize = 160;
/// How much of what differs is told.
const PIECE: usize = 120;
/// What changes with every save and says nothing.
const SILENT: [&str; 6] = ["revision", "version", "updated_at", "changed_by", "members", "is_untouched"];

/// The fields in which two values of the same kind differ, by their stable names such as `texts.0.subject`.
pub(crate) fn between<T: Serialize>(before: &T, after: &T) -> Result<Vec<Alteration>, Error> {
    let value = |it: &T| serde_json::to_value(it).map_err(store::Error::from);
    let mut found = Vec::new();
    compare("", &value(before)?, &value(after)?, &mut found);
    Ok(found)
}

fn compare(path: &str, before: &Value, after: &Value, found: &mut Vec<Alteration>) {
    if before == after || SILENT.contains(&path) {
        return;
    }
    let deeper = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            let names = old.keys().chain(new.keys().filter(|it| !old.contains_key(*it)));
            for name in names {
                compare(&deeper(name), old.get(name).unwrap_or(&Value::Null), new.get(name).unwrap_or(&Value::Null), found);
            }
        }
        (Value::Array(old), Value::Array(new)) if old.iter().chain(new).any(Value::is_object) => {
            for n in 0..old.len().max(new.len()) {
                compare(&deeper(&n.to_string()), old.get(n).unwrap_or(&Value::Null), new.get(n).unwrap_or(&Value::Null), found);
            }
        }
        _ => {
            let (before, after) = shortened(&told(before), &told(after));
            found.push(Alteration { field: path.to_owned(), before, after });
        }
    }
}

/// A value in words; nothing is empty.
fn told(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(false) => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(told).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Both texts as they are, or of long ones what differs with an ellipsis where they are the same.
fn shortened(before: &str, after: &str) -> (String, String) {
    if before.chars().count() <= WHOLE && after.chars().count() <= WHOLE {
        return (before.to_owned(), after.to_owned());
    }
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - same;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let piece = |it: &[char]| {
        let middle = &it[same..it.len() - end];
        let ellipsis = |there: bool| if there { "…" } else { "" };
        let shown: String = middle.iter().take(PIECE).collect();
        format!("{}{shown}{}", ellipsis(0 < same), ellipsis(0 < end || PIECE < middle.len()))
    };
    (piece(&old), piece(&new))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pairs(before: Value, after: Value) -> Vec<(String, String, String)> {
        between(&before, &after).unwrap().into_iter().map(|it| (it.field, it.before, it.after)).collect()
    }

    #[test]
    fn each_field_is_told_by_its_path_and_only_where_it_differs() {
        let before = json!({ "name": "A", "texts": [{ "subject": "x" }], "tags": [1, 2], "on": false, "revision": 1 });
        let after = json!({ "name": "A", "texts": [{ "subject": "y" }], "tags": [1], "on": true, "revision": 2 });
        let expected = [("on", "", "true"), ("tags", "1, 2", "1"), ("texts.0.subject", "x", "y")];
        assert_eq!(pairs(before, after), expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    }

    #[test]
    fn of_long_texts_what_differs_is_told() {
        let text = |word: &str| json!({ "body": format!("{} {word} {}", "Dobrý deň. ".repeat(40), "S pozdravom. ".repeat(40)) });
        let told = pairs(text("pondelok"), text("utorok"));
        assert_eq!((told[0].1.as_str(), told[0].2.as_str()), ("…pondel…", "…utor…"));
        let grown = pairs(json!({ "body": "" }), text("x"));
        assert!(grown[0].1.is_empty() && grown[0].2.ends_with('…') && grown[0].2.chars().count() <= PIECE + 1);
    }
}
