//! Import of a long file by the program as it is shipped: `posel import contacts`, from the file on the disk to the last commit.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::figures::Figures;
use crate::fill;

const FIRST: [&str; 10] = ["Eva", "Ján", "Zuzana", "Peter", "Lucia", "Tomáš", "Kateřina", "Jiří", "Žofia", "Ondřej"];
const LAST: [&str; 12] =
    ["Nová", "Kováč", "Čapková", "Horák", "Šimková", "Řehoř", "Chalupa", "Žák", "Balážová", "Svoboda", "Dvořák", "Hudec"];
const TOWNS: [&str; 6] = ["Bratislava", "Košice", "Žilina", "Praha", "Brno", "Ústí nad Labem"];

/// Imports a file of `n` rows, every twentieth a double of an earlier one, every hundredth wrong.
pub async fn run(n: u32) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    std::fs::create_dir(&data)?;
    fill::open(&data).await?.close().await;
    let file = folder.path().join("contacts.csv");
    let size = write(&file, n)?;
    let begin = Instant::now();
    let (counts, peak) = import(&file, &data)?;
    let seconds = begin.elapsed().as_secs_f64();
    let count = |key: &str| counts[key].as_u64().unwrap_or_default();
    let (bad, doubles) = (u64::from(n.div_ceil(100)), expected_doubles(n));
    ensure!(
        count("rows") == u64::from(n) && count("bad") == bad && count("skipped") == doubles,
        "the counts are wrong: {counts}"
    );
    let rows_per_s = f64::from(n) / seconds;
    let mut figures = Figures::new("import", n);
    figures.row("file", format!("{:.0} MB", size as f64 / 1e6));
    figures.row("rows", format!("{} made, {} doubles, {} wrong", count("created"), count("skipped"), count("bad")));
    figures.row("from file to last commit", format!("{seconds:.1} s, {rows_per_s:.0} rows/s"));
    figures.row("peak memory of the program", format!("{:.0} MB", peak as f64 / 1e6));
    let database = std::fs::metadata(data.join("posel.db"))?.len();
    figures.row("database", format!("{:.0} MB", database as f64 / 1e6));
    figures.key("seconds", seconds);
    figures.key("rows_per_s", rows_per_s);
    figures.key("rss_peak_mb", peak as f64 / 1e6);
    Ok(figures)
}

/// Rows that repeat the address of an earlier one; those among them that are wrong are not looked up.
fn expected_doubles(n: u32) -> u64 {
    (0..n).filter(|i| is_double(*i) && !is_wrong(*i)).count() as u64
}

fn is_double(i: u32) -> bool {
    i % 20 == 7 && 7 < i
}

fn is_wrong(i: u32) -> bool {
    i.is_multiple_of(100)
}

fn write(file: &Path, n: u32) -> Result<u64> {
    let mut out = BufWriter::new(File::create(file)?);
    out.write_all("Meno;Priezvisko;Firma;E-mail;Telefón;Ulica;Mesto;PSČ;IČO;Poznámka\r\n".as_bytes())?;
    let mut line = String::new();
    for i in 0..n {
        let at = i as usize;
        // A double repeats the row before it.
        let who = if is_double(i) { i - 1 } else { i };
        line.clear();
        write!(line, "{};{}{};", FIRST[at % FIRST.len()], LAST[at % LAST.len()], at / 997)?;
        write!(line, "Stavebniny {} s.r.o.;", at % 50_000)?;
        if is_wrong(i) {
            line.push_str("nie je adresa;")
        } else {
            write!(line, "osoba{who}@firma{}.sk;", who % 5_000)?
        }
        write!(line, "+4219{:08};Hlavná {};{};0{:02} 01;", at % 100_000_000, at % 200, TOWNS[at % TOWNS.len()], at % 100)?;
        writeln!(line, "{};Zákazník od roku {}\r", 10_000_000 + at % 80_000_000, 1990 + at % 36)?;
        out.write_all(line.as_bytes())?;
    }
    out.flush()?;
    Ok(std::fs::metadata(file)?.len())
}

/// Runs the import; answers its counts and the program's greatest memory in bytes.
fn import(file: &Path, data: &Path) -> Result<(Value, u64)> {
    let mut child = crate::idle::program()?
        .args(["import", "contacts"])
        .arg(file)
        .arg("--data")
        .arg(data)
        .arg("--json")
        .env("POSEL_KEY", fill::KEY)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        peak = peak.max(memory(&child));
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "the import failed");
    let text = String::from_utf8(output.stdout)?;
    Ok((serde_json::from_str(text.lines().last().unwrap_or_default())?, peak))
}

/// The greatest memory so far, as Linux counts it.
fn memory(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    line.and_then(|it| it.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() * 1024
}
