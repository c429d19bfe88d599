//! The configuration file: TOML, each value with its line.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::fault::Fault;
use super::setting::{Setting, Source, Written};

/// Reads what a file sets; each bad line is a fault of its own and keeps the good ones.
pub fn read(file: &Path, faults: &mut Vec<Fault>) -> Vec<Written> {
    match std::fs::read_to_string(file) {
        Ok(text) => parse(file, &text, faults),
        Err(error) => {
            faults.push(Fault::Unreadable { file: file.to_owned(), error });
            Vec::new()
        }
    }
}

fn parse(file: &Path, text: &str, faults: &mut Vec<Fault>) -> Vec<Written> {
    let line_of = |at: usize| 1 + text.bytes().take(at).filter(|it| *it == b'\n').count();
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let line = line_of(error.span().map_or(0, |it| it.start));
            faults.push(Fault::Syntax { file: file.to_owned(), line, message: error.message().to_owned() });
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for (key, value) in table {
        let line = line_of(key.span().start);
        let Some(setting) = Setting::ALL.into_iter().find(|it| it.name() == key.get_ref().as_ref()) else {
            let field = key.into_inner().into_owned();
            faults.push(Fault::Unknown { file: file.to_owned(), line, field });
            continue;
        };
        match text_of(setting, value.get_ref()) {
            Ok(text) => found.push(Written { setting, text, source: Source::File(file.to_owned(), line) }),
            Err(found) => faults.push(Fault::Type { file: file.to_owned(), line, setting, found }),
        }
    }
    found
}

/// The value as a text, or what it is instead.
fn text_of(setting: Setting, value: &DeValue<'_>) -> Result<String, &'static str> {
    match value {
        DeValue::String(text) if setting.takes_list() && text.is_empty() => Ok(String::new()),
        DeValue::String(text) => Ok(text.clone().into_owned()),
        DeValue::Array(items) if setting.takes_list() => {
            let texts: Result<Vec<_>, _> = items.iter().map(|it| item_of(it.get_ref())).collect();
            Ok(texts?.join(","))
        }
        other => Err(kind(other)),
    }
}

fn item_of<'a>(value: &'a DeValue<'_>) -> Result<&'a str, &'static str> {
    match value {
        DeValue::String(text) => Ok(text),
        _ => Err("a list of something else"),
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (Vec<(Setting, String)>, Vec<String>) {
        let mut faults = Vec::new();
        let written = parse(Path::new("posel.toml"), text, &mut faults);
        let faults = faults.iter().map(ToString::to_string).collect();
        (written.into_iter().map(|it| (it.setting, it.text)).collect(), faults)
    }

    #[test]
    fn texts_and_lists_of_texts_are_read() {
        let (written, faults) = told("listen = \"[::1]:80\"\ntrusted_proxies = [\"::1\", \"10.0.0.0/8\"]\n");
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(written, [(Setting::Listen, "[::1]:80".to_owned()), (Setting::TrustedProxies, "::1,10.0.0.0/8".to_owned())]);
    }

    #[test]
    fn an_unknown_setting_is_named_with_file_and_line_and_the_nearest_one_offered() {
        let (written, faults) = told("data = \"d\"\n\nlisen = \"x\"\nsmtp = 1\n");
        assert_eq!(written, [(Setting::Data, "d".to_owned())]);
        assert_eq!(faults[0], "posel.toml, line 3: there is no setting `lisen`; did you mean `listen`?");
        assert!(faults[1].starts_with("posel.toml, line 4: there is no setting `smtp`; there are data, listen,"), "{faults:?}");
    }

    #[test]
    fn a_value_of_the_wrong_type_is_named_with_file_line_and_field() {
        let (_, faults) = told("listen = 8080\ntrusted_proxies = [1]");
        assert_eq!(faults[0], "posel.toml, line 1: `listen` must be a text in quotes, but a number stands there");
        assert_eq!(
            faults[1],
            "posel.toml, line 2: `trusted_proxies` must be a list of texts in quotes, but a list of something else stands there"
        );
    }

    #[test]
    fn what_is_not_toml_is_named_with_its_line() {
        let (_, faults) = told("data = \"d\"\nlisten = \n");
        assert!(faults[0].starts_with("posel.toml, line 2: "), "{faults:?}");
    }
}
