//! Conditions on own fields in addresses: `3:filled;4:from:d20000;5:has:tabuľa`.

use model::{ChoiceId, Day, Decimal, FieldCondition, FieldDefinition, FieldId, FieldKind, FieldTest, FieldValue};

/// Writes all conditions.
pub fn write_all(conditions: &[FieldCondition]) -> String {
    conditions.iter().map(|it| format!("{}:{}", it.field, write(&it.test))).collect::<Vec<_>>().join(";")
}

/// Reads all conditions; what is not understood is left out.
pub fn read_all(text: &str) -> Vec<FieldCondition> {
    text.split(';')
        .filter_map(|it| {
            let (field, test) = it.split_once(':')?;
            Some(FieldCondition { field: FieldId(field.parse().ok()?), test: read(test)? })
        })
        .collect()
}

fn write(test: &FieldTest) -> String {
    match test {
        FieldTest::Filled => "filled".to_owned(),
        FieldTest::Empty => "empty".to_owned(),
        FieldTest::Is(value) => format!("is:{}", write_value(value)),
        FieldTest::AtLeast(value) => format!("from:{}", write_value(value)),
        FieldTest::AtMost(value) => format!("to:{}", write_value(value)),
        FieldTest::Contains(text) => format!("has:{}", escape(text)),
    }
}

fn read(text: &str) -> Option<FieldTest> {
    let (name, value) = text.split_once(':').unwrap_or((text, ""));
    Some(match name {
        "filled" => FieldTest::Filled,
        "empty" => FieldTest::Empty,
        "is" => FieldTest::Is(read_value(value)?),
        "from" => FieldTest::AtLeast(read_value(value)?),
        "to" => FieldTest::AtMost(read_value(value)?),
        "has" => FieldTest::Contains(unescape(value)),
        _ => return None,
    })
}

fn write_value(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => format!("t{}", escape(text)),
        FieldValue::Number(it) => format!("n{}", it.0),
        FieldValue::Date(it) => format!("d{}", it.0),
        FieldValue::Choice(it) => format!("c{it}"),
    }
}

fn read_value(text: &str) -> Option<FieldValue> {
    let kind = text.chars().next()?;
    let rest = &text[kind.len_utf8()..];
    Some(match kind {
        't' => FieldValue::Text(unescape(rest)),
        'n' => FieldValue::Number(Decimal(rest.parse().ok()?)),
        'd' => FieldValue::Date(Day(rest.parse().ok()?)),
        'c' => FieldValue::Choice(ChoiceId(rest.parse().ok()?)),
        _ => return None,
    })
}

/// The signs that part conditions are written as two digits behind `~`.
fn escape(text: &str) -> String {
    text.replace('~', "~0").replace(';', "~1")
}

fn unescape(text: &str) -> String {
    text.replace("~1", ";").replace("~0", "~")
}

/// The tests that values of this kind can be put to; the value of each is filled in later.
pub fn tests(kind: FieldKind) -> &'static [&'static str] {
    match kind {
        FieldKind::Text => &["has", "is", "filled", "empty"],
        FieldKind::Number | FieldKind::Date => &["from", "to", "is", "filled", "empty"],
        FieldKind::Choice => &["is", "filled", "empty"],
    }
}

/// The test of that name with a value as it is typed; nothing when the value is none of this field.
pub fn typed(definition: &FieldDefinition, name: &str, text: &str) -> Option<FieldTest> {
    let value = || definition.parse(text).ok().flatten();
    Some(match name {
        "filled" => FieldTest::Filled,
        "empty" => FieldTest::Empty,
        "has" if !text.trim().is_empty() => FieldTest::Contains(text.trim().to_owned()),
        "is" => FieldTest::Is(value()?),
        "from" => FieldTest::AtLeast(value()?),
        "to" => FieldTest::AtMost(value()?),
        _ => return None,
    })
}

/// The value of a test as it is typed.
pub fn shown(definition: &FieldDefinition, test: &FieldTest) -> String {
    match test {
        FieldTest::Filled | FieldTest::Empty => String::new(),
        FieldTest::Is(value) | FieldTest::AtLeast(value) | FieldTest::AtMost(value) => definition.show(value),
        FieldTest::Contains(text) => text.clone(),
    }
}

/// The name of a test.
pub fn name(test: &FieldTest) -> &'static str {
    match test {
        FieldTest::Filled => "filled",
        FieldTest::Empty => "empty",
        FieldTest::Is(_) => "is",
        FieldTest::AtLeast(_) => "from",
        FieldTest::AtMost(_) => "to",
        FieldTest::Contains(_) => "has",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_break_out_of_their_condition() {
        let texts = ["a;2:filled", "~1", "~", "x:y", ""];
        for text in texts {
            let conditions = vec![
                FieldCondition { field: FieldId(1), test: FieldTest::Contains(text.into()) },
                FieldCondition { field: FieldId(2), test: FieldTest::Empty },
            ];
            assert_eq!(read_all(&write_all(&conditions)), conditions, "{text}");
        }
        assert!(read_all("x;1;1:odd;1:is:;1:is:žz;;").is_empty());
    }

    #[test]
    fn what_is_typed_becomes_a_test_only_when_the_value_is_one() {
        let number =
            FieldDefinition { id: FieldId(1), key: "k".into(), name: "N".into(), kind: FieldKind::Number, choices: Vec::new() };
        assert_eq!(typed(&number, "from", "1 250,5"), Some(FieldTest::AtLeast(FieldValue::Number(Decimal(12_505_000)))));
        assert_eq!(typed(&number, "from", "veľa"), None);
        assert_eq!(typed(&number, "from", " "), None);
        assert_eq!(typed(&number, "empty", ""), Some(FieldTest::Empty));
    }
}
