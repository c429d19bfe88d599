//! What stands around the sheets: their names and parts, the epoch of dates, which formats of cells are dates.

use std::collections::HashMap;

use super::archive::Archive;
use crate::date::Epoch;
use crate::read::Fault;
use crate::read::markup::{Markup, Step};

/// Most sheets and formats that are kept.
const MOST: usize = 10_000;

/// A sheet.
pub struct Sheet {
    pub name: String,
    pub part: String,
}

/// A workbook without its rows.
pub struct Book {
    pub sheets: Vec<Sheet>,
    pub strings: String,
    pub epoch: Epoch,
    /// For each format of a cell, whether it shows a date.
    pub dates: Vec<bool>,
}

pub fn read(archive: &mut Archive<'_>) -> Result<Book, Fault> {
    let workbook = target(archive, "_rels/.rels", "/officeDocument")?.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let folder = workbook.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let file = workbook.rsplit('/').next().unwrap_or_default();
    let relations = relations(archive, &format!("{folder}_rels/{file}.rels"))?;
    let part = |id: &str| relations.get(id).map(|it| joined(&folder, &it.1));
    let of_kind = |end: &str| relations.values().find(|it| it.0.ends_with(end)).map(|it| joined(&folder, &it.1));
    let (found, epoch) = archive.part(&workbook, sheets)?.unwrap_or_default();
    let sheets = found.into_iter().filter_map(|(name, id)| Some(Sheet { name, part: part(&id)? })).collect();
    let styles = of_kind("/styles").unwrap_or_else(|| format!("{folder}styles.xml"));
    let dates = archive.part(&styles, dates)?.unwrap_or_default();
    Ok(Book { sheets, strings: of_kind("/sharedStrings").unwrap_or_default(), epoch, dates })
}

fn target(archive: &mut Archive<'_>, part: &str, end: &str) -> Result<Option<String>, Fault> {
    let all = relations(archive, part)?;
    Ok(all.into_values().find(|it| it.0.ends_with(end)).map(|it| joined("", &it.1)))
}

/// Relations of a part: kind and target by their id. Targets outside of the archive are left out and never looked up.
fn relations(archive: &mut Archive<'_>, part: &str) -> Result<HashMap<String, (String, String)>, Fault> {
    let walk = |mut markup: Markup<'_>| {
        let mut all = HashMap::new();
        loop {
            match markup.next()? {
                Step::Open(name) if name == "Relationship" && all.len() < MOST => {
                    let of = |name: &str| attribute(&markup, name).unwrap_or_default();
                    if of("TargetMode") != "External" {
                        all.insert(of("Id"), (of("Type"), of("Target")));
                    }
                }
                Step::End => return Ok(all),
                _ => {}
            }
        }
    };
    Ok(archive.part(part, walk)?.unwrap_or_default())
}

fn attribute(markup: &Markup<'_>, name: &str) -> Option<String> {
    markup.attributes.iter().find(|it| it.0 == name).map(|it| it.1.clone())
}

/// A target as the name of a part: from the root when it begins with a slash.
fn joined(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(rest) => rest.to_owned(),
        None => format!("{folder}{target}"),
    }
}

type Sheets = (Vec<(String, String)>, Epoch);

fn sheets(mut markup: Markup<'_>) -> Result<Sheets, Fault> {
    let (mut sheets, mut epoch) = (Vec::new(), Epoch::Of1900);
    loop {
        match markup.next()? {
            Step::Open(name) if name == "sheet" && sheets.len() < MOST => {
                let name = attribute(&markup, "name").unwrap_or_default();
                // The id of the relation bears the prefix `r`; the number of the sheet is called `sheetId`.
                sheets.push((name, attribute(&markup, "id").unwrap_or_default()));
            }
            Step::Open(name)
                if name == "workbookPr" && attribute(&markup, "date1904").is_some_and(|it| it == "1" || it == "true") =>
            {
                epoch = Epoch::Of1904;
            }
            Step::End => return Ok((sheets, epoch)),
            _ => {}
        }
    }
}

/// Which formats of cells show dates: some built-in numbers, and own formats with letters of days, months or years.
fn dates(mut markup: Markup<'_>) -> Result<Vec<bool>, Fault> {
    let (mut own, mut formats, mut is_inside) = (HashMap::new(), Vec::new(), false);
    loop {
        match markup.next()? {
            Step::Open(name) if name == "numFmt" && own.len() < MOST => {
                let code = attribute(&markup, "formatCode").unwrap_or_default();
                own.insert(attribute(&markup, "numFmtId").unwrap_or_default(), is_date(&code));
            }
            Step::Open(name) if name == "cellXfs" => is_inside = true,
            Step::Open(name) if name == "cellStyles" || name == "dxfs" => is_inside = false,
            Step::Open(name) if name == "xf" && is_inside && formats.len() < MOST => {
                let id = attribute(&markup, "numFmtId").unwrap_or_default();
                let built_in = id.parse::<u32>().is_ok_and(|it| matches!(it, 14..=22 | 27..=36 | 45..=47 | 50..=58));
                formats.push(own.get(&id).copied().unwrap_or(built_in));
            }
            Step::End => return Ok(formats),
            _ => {}
        }
    }
}

/// Whether a format shows a date: `d`, `m`, `y` or `h` outside of quotes, brackets and escapes.
fn is_date(code: &str) -> bool {
    let (mut in_quotes, mut in_brackets, mut is_escaped) = (false, false, false);
    for it in code.chars() {
        match it {
            _ if std::mem::take(&mut is_escaped) => {}
            '"' => in_quotes = !in_quotes,
            '[' if !in_quotes => in_brackets = true,
            ']' if !in_quotes => in_brackets = false,
            '\\' | '_' | '*' => is_escaped = true,
            'd' | 'm' | 'y' | 'h' | 'D' | 'M' | 'Y' | 'H' if !in_quotes && !in_brackets => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_dates_are_told_from_formats_of_numbers() {
        for code in ["d.m.yyyy", "yyyy\\-mm\\-dd", "[$-41B]d. mmmm yyyy", "h:mm"] {
            assert!(is_date(code), "{code}");
        }
        for code in ["General", "0.00", "#,##0 \"dní\"", "[Red]0", "0\\h", "@"] {
            assert!(!is_date(code), "{code}");
        }
    }
}
