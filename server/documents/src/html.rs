//! A document as one HTML file that needs nothing beside it.

use crate::{Align, Block, Document, Table};

/// The look: readable on a screen and on paper, without anything from outside.
const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;color:#1c1b19;background:#fff;max-width:46rem;margin:2.5rem auto;padding:0 1rem}\
h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .5rem;border-bottom:1px solid #d8d4cc;padding-bottom:.25rem}\
.subtitle,footer{color:#5f5b53}footer{margin-top:2.5rem;font-size:.85rem}p{white-space:pre-line;margin:.5rem 0}\
dl{display:grid;grid-template-columns:minmax(9rem,1fr) 3fr;gap:.25rem 1rem;margin:0}dt{color:#5f5b53}\
dd{margin:0;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;vertical-align:top;padding:.3rem .5rem .3rem 0;border-bottom:1px solid #e6e2da;overflow-wrap:anywhere}\
.right{text-align:right}@media(max-width:32rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}";

/// Draws the document as HTML. Files inside stand as data that no browser runs.
pub fn html(document: &Document) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"");
    escape(&document.language, &mut out);
    out.push_str("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    escape(&document.title, &mut out);
    out.push_str("</title>\n<style>");
    out.push_str(STYLE);
    out.push_str("</style>\n</head>\n<body>\n");
    element("h1", &document.title, &mut out);
    if !document.subtitle.is_empty() {
        element("p class=\"subtitle\"", &document.subtitle, &mut out);
    }
    for block in &document.blocks {
        draw(block, &mut out);
    }
    element("footer", &document.footer, &mut out);
    for file in &document.files {
        out.push_str("<script type=\"application/json\" id=\"");
        escape(&file.name, &mut out);
        out.push_str("\">");
        // In JSON this sign stands only inside texts, where it may be written so; no end of the element can be forged.
        out.push_str(&String::from_utf8_lossy(&file.content).replace('<', "\\u003c"));
        out.push_str("</script>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn draw(block: &Block, out: &mut String) {
    match block {
        Block::Heading(text) => element("h2", text, out),
        Block::Text(text) => element("p", text, out),
        Block::Pairs(pairs) => {
            out.push_str("<dl>\n");
            for (name, value) in pairs {
                element("dt", name, out);
                element("dd", value, out);
            }
            out.push_str("</dl>\n");
        }
        Block::Table(table) => draw_table(table, out),
    }
}

fn draw_table(table: &Table, out: &mut String) {
    let side = |n: usize| table.columns.get(n).map(|it| it.align).unwrap_or_default();
    let cell = |name: &str, n: usize, text: &str, out: &mut String| match side(n) {
        Align::Left => element(name, text, out),
        Align::Right => element(&format!("{name} class=\"right\""), text, out),
    };
    out.push_str("<table>\n<thead><tr>");
    for (n, column) in table.columns.iter().enumerate() {
        cell("th", n, &column.heading, out);
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (n, text) in row.iter().enumerate() {
            cell("td", n, text, out);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

/// An element with a text; attributes may follow its name.
fn element(start: &str, text: &str, out: &mut String) {
    let name = start.split(' ').next().unwrap_or_default();
    out.push('<');
    out.push_str(start);
    out.push('>');
    escape(text, out);
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

fn escape(text: &str, out: &mut String) {
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(it),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, Inside};

    #[test]
    fn words_stay_words() {
        let document = Document {
            title: "<script>alert(1)</script>".to_owned(),
            language: "sk\" onload=\"x".to_owned(),
            blocks: vec![Block::Pairs(vec![("a".to_owned(), "\"><img src=x>".to_owned())])],
            ..Document::default()
        };
        let html = html(&document);
        assert!(!html.contains("<script>alert") && !html.contains("<img") && !html.contains("onload=\"x\""), "{html}");
    }

    #[test]
    fn data_inside_cannot_end_their_element() {
        let content = br#"{"subject":"</script><b>"}"#.to_vec();
        let inside = Inside {
            name: "data.json".to_owned(),
            media_type: "application/json".to_owned(),
            description: String::new(),
            content,
        };
        let html = html(&Document { files: vec![inside], ..Document::default() });
        assert!(html.contains(r#"{"subject":"\u003c/script>\u003cb>"}</script>"#), "{html}");
    }

    #[test]
    fn numbers_stand_at_the_right() {
        let table = Table {
            columns: vec![Column::left("Meno", 2.0), Column::right("Počet", 1.0)],
            rows: vec![vec!["a".into(), "7".into()]],
        };
        let html = html(&Document { blocks: vec![Block::Table(table)], ..Document::default() });
        assert!(html.contains("<td class=\"right\">7</td>") && html.contains("<td>a</td>"), "{html}");
    }
}
