//! Reading those whom we must not write to out of a file, without writing anything.

use std::collections::HashSet;
use std::io::Cursor;
use std::ops::ControlFlow;

use model::import::suggest;
use model::suppression::parse_targets;
use model::{AddressFault, HomeCountry, ImportReading, ImportTarget, Permission, SuppressionFile};
use tables::read::{self, Fault};

use crate::imports::worded;
use crate::{Ctx, Error};

/// Greatest size of a file in bytes; it is read as a whole.
const FILE_MAX: u64 = 64 << 20;
/// How many of the pieces that cannot be read are named.
const NAMED: usize = 1_000;
/// How many rows tell what a column is.
const LOOKED_AT: usize = 50;

/// How large a file may be, in bytes.
///
/// # Errors
/// Refuses who may not suppress.
pub fn file_limit(ctx: &Ctx) -> Result<u64, Error> {
    ctx.require(Permission::SuppressionsManage)?;
    Ok(FILE_MAX)
}

/// Finds addresses, numbers and domains in a table (CSV, XLSX, XML, vCard): in the columns that hold such, with headings or without.
/// Our own export is read back; what was lifted there stays lifted.
///
/// # Errors
/// Refuses who may not suppress, and files that are no tables, with the place.
pub async fn read_file(ctx: &Ctx, name: &str, content: Vec<u8>) -> Result<SuppressionFile, Error> {
    ctx.require(Permission::SuppressionsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let home = store::company::get(&mut reader).await?.map_or(HomeCountry::default(), |it| it.country);
    drop(reader);
    let name = name.to_owned();
    tokio::task::spawn_blocking(move || read(&name, content, home)).await?.map_err(worded)
}

/// Which columns are read.
struct Columns {
    targets: Vec<usize>,
    lifted: Option<usize>,
    /// Where our own export says of what kind a row is.
    scope: Option<usize>,
}

fn read(name: &str, content: Vec<u8>, home: HomeCountry) -> Result<SuppressionFile, Fault> {
    let mut source = Cursor::new(content);
    let mut reading = read::guess(&mut source, name)?;
    let mut look = read::look(&mut source, &reading, LOOKED_AT)?;
    // A bare list has no heading: its first line is one of those meant.
    let is_meant = |it: &String| it.contains('@') && parse_targets(it, home).iter().all(|it| it.target.is_ok());
    if 0 < reading.header_row && look.columns.iter().any(|it| is_meant(it) || is_number(it, home)) {
        reading = ImportReading { header_row: 0, ..reading };
        look = read::look(&mut source, &reading, LOOKED_AT)?;
    }
    let columns = columns(&look);
    let (mut file, mut seen) = (SuppressionFile::default(), HashSet::new());
    read::rows(&mut source, &reading, &mut |row| {
        let is_lifted = columns.lifted.and_then(|at| row.cells.get(at)).is_some_and(|it| !it.trim().is_empty());
        if is_lifted {
            file.lifted += 1;
            return ControlFlow::Continue(());
        }
        // Of a contact our own export holds the name, which tells nobody apart and may look like a domain.
        if columns.scope.and_then(|at| row.cells.get(at)).is_some_and(|it| it.trim() == "contact") {
            let text = columns.targets.first().and_then(|at| row.cells.get(*at)).cloned().unwrap_or_default();
            bad(&mut file, row.line, model::Fault::Address { text, fault: AddressFault::NoAt });
            return ControlFlow::Continue(());
        }
        for cell in columns.targets.iter().filter_map(|at| row.cells.get(*at)) {
            take(&mut file, &mut seen, (row.line, cell), home);
        }
        ControlFlow::Continue(())
    })?;
    Ok(file)
}

fn is_number(text: &str, home: HomeCountry) -> bool {
    text.starts_with(['+', '0']) && parse_targets(text, home).iter().all(|it| it.target.is_ok())
}

/// The columns that hold addresses or numbers, or are called like that of our own export; else the first one.
fn columns(look: &read::Look) -> Columns {
    let named = |names: &[&str]| {
        let is_it = |it: &String| names.contains(&model::fold::fold(it.trim()).as_str());
        look.columns.iter().position(is_it)
    };
    let lifted = named(&["lifted"]);
    if let Some(own) = named(&["suppressed"]) {
        return Columns { targets: vec![own], lifted, scope: named(&["scope"]) };
    }
    let cells: Vec<Vec<String>> = look.rows.iter().map(|it| it.1.clone()).collect();
    let found = suggest(&look.columns, &cells, &[]);
    let is_address = |it: &ImportTarget| matches!(it, ImportTarget::Email(_) | ImportTarget::Phone(_));
    let mut targets: Vec<usize> = found.iter().enumerate().filter(|it| is_address(it.1)).map(|it| it.0).collect();
    targets.extend(named(&["domena", "domain"]).filter(|it| !targets.contains(it)));
    if targets.is_empty() {
        targets.push(0);
    }
    Columns { targets, lifted, scope: None }
}

fn take(file: &mut SuppressionFile, seen: &mut HashSet<String>, (line, cell): (u64, &str), home: HomeCountry) {
    for piece in parse_targets(cell, home) {
        match piece.target {
            Ok(target) => {
                if seen.insert(target.normalized()) {
                    file.targets.push(target.shown());
                }
            }
            Err(fault) => bad(file, line, fault),
        }
    }
}

fn bad(file: &mut SuppressionFile, line: u64, fault: model::Fault) {
    file.bad_in_all += 1;
    if file.bad.len() < NAMED {
        file.bad.push((line, fault));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> SuppressionFile {
        read("list.csv", text.as_bytes().to_vec(), HomeCountry::Slovakia).unwrap()
    }

    #[test]
    fn columns_with_addresses_are_found_with_headings_and_without() {
        let file = of("Meno;E-mail;Telefón\nEva;eva@x.sk;0905 123 456\nJán;EVA@x.sk;\nIva;nie;\n");
        assert_eq!(file.targets, ["eva@x.sk", "+421 905 123 456"]);
        assert_eq!((file.bad.len(), file.bad[0].0, file.bad_in_all), (1, 4, 1));
        assert_eq!(of("eva@x.sk\njan@x.sk\n@firma.sk\n").targets, ["eva@x.sk", "jan@x.sk", "@firma.sk"]);
    }

    #[test]
    fn our_own_export_is_read_back_and_what_was_lifted_stays_lifted() {
        let file = of("suppressed;scope;lifted\neva@x.sk;address;\n@firma.sk;domain;\njan@x.sk;address;2026-01-01\n\
                       Heureka.cz;contact;\n");
        assert_eq!((file.targets, file.lifted), (vec!["eva@x.sk".to_owned(), "@firma.sk".to_owned()], 1));
        assert_eq!((file.bad.len(), file.bad[0].0), (1, 5));
    }
}
