//! What a benchmark found.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

/// Named figures, printed as a table and as one line of JSON.
pub struct Figures {
    rows: Vec<(String, String)>,
    json: Map<String, Value>,
}

impl Figures {
    /// Begins with the benchmark's name and its size.
    pub fn new(name: &str, n: u32) -> Self {
        let mut json = Map::new();
        json.insert("name".into(), json!(name));
        json.insert("n".into(), json!(n));
        Self { rows: Vec::new(), json }
    }

    /// Adds a row to the table.
    pub fn row(&mut self, what: &str, figure: String) {
        self.rows.push((what.to_owned(), figure));
    }

    /// Adds a figure to the line of JSON.
    pub fn key(&mut self, key: &str, figure: impl Into<Value>) {
        self.json.insert(key.to_owned(), figure.into());
    }

    /// Prints everything.
    pub fn print(&self, with_json: bool) {
        let width = self.rows.iter().map(|it| it.0.chars().count()).max().unwrap_or(0);
        for (what, figure) in &self.rows {
            println!("{what:width$}  {figure}");
        }
        if with_json {
            println!("{}", Value::Object(self.json.clone()));
        }
    }
}

/// Times of one repeated step.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Notes how long it took since `begin`.
    pub fn note(&mut self, begin: Instant) {
        self.add(begin.elapsed());
    }

    /// Notes how long it took.
    pub fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// The time in milliseconds below which this share of the steps stayed.
    pub fn share(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
        sorted.get(at).map_or(0.0, |it| it.as_secs_f64() * 1_000.0)
    }

    /// Median and 95 % as a text.
    pub fn text(&self) -> String {
        format!("p50 {:.2} ms, p95 {:.2} ms, {} times", self.share(0.5), self.share(0.95), self.0.len())
    }
}
