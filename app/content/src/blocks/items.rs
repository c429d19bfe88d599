//! The table of a collection's rows.

use super::document::{Align, Items, ItemsColumn};
use super::words::escaped;

/// The content of an `mj-table`, line by line.
pub(super) fn lines(items: &Items, line_color: &str) -> Vec<String> {
    let mut lines = Vec::new();
    if items.columns.iter().any(|it| !it.heading.trim().is_empty()) {
        lines.push("<tr>".to_owned());
        lines.extend(items.columns.iter().enumerate().map(|(at, it)| {
            let style = style(it, at, &format!("font-weight:bold;border-bottom:2px solid {line_color}"));
            format!("  <th scope=\"col\" align=\"{}\" style=\"{style}\">{}</th>", align(it.align), escaped(&it.heading))
        }));
        lines.push("</tr>".to_owned());
    }
    lines.push(format!("{{% for row in {} %}}", items.list.trim()));
    lines.push("<tr>".to_owned());
    lines.extend(items.columns.iter().enumerate().map(|(at, it)| {
        let style = style(it, at, &format!("vertical-align:top;border-bottom:1px solid {line_color}"));
        format!("  <td align=\"{}\" style=\"{style}\">{{{{ row.{} }}}}</td>", align(it.align), it.field.trim())
    }));
    lines.push("</tr>".to_owned());
    if !items.empty.trim().is_empty() {
        lines.push("{% else %}".to_owned());
        lines.push(format!("<tr><td colspan=\"{}\">{}</td></tr>", items.columns.len(), escaped(&items.empty)));
    }
    lines.push("{% endfor %}".to_owned());
    lines
}

/// Numbers are not broken into two lines, and the first column begins where the words around the table do.
fn style(column: &ItemsColumn, at: usize, more: &str) -> String {
    let left = if at == 0 { "0" } else { "8px" };
    let whole = if column.align == Align::Right { ";white-space:nowrap" } else { "" };
    format!("padding:6px 0 6px {left};text-align:{}{whole};{more}", align(column.align))
}

pub(super) fn align(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}
