//! XML of elements within elements, for what is no table.

use crate::text::escape;

/// XML that grows; what is finished can be taken at any time.
#[derive(Debug, Default)]
pub struct Tree {
    text: String,
    open: Vec<&'static str>,
}

impl Tree {
    /// Begins a document with its outermost element.
    pub fn new(root: &'static str, attributes: &[(&str, &str)]) -> Self {
        let mut tree = Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() };
        tree.begin(root, attributes);
        tree
    }

    /// Begins an element that holds others.
    pub fn begin(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.text.push_str(">\n");
        self.open.push(name);
    }

    /// Writes an element with a text; an empty text makes an empty element.
    pub fn leaf(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        if text.is_empty() {
            self.text.push_str("/>\n");
            return;
        }
        self.text.push('>');
        escape(text, &mut self.text);
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push_str(">\n");
    }

    /// Begins an element whose text comes in pieces.
    pub fn begin_text(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.text.push('>');
        self.open.push(name);
    }

    /// Writes a piece of the text of the element that was begun last.
    pub fn text(&mut self, piece: &str) {
        escape(piece, &mut self.text);
    }

    /// Ends an element whose text came in pieces.
    pub fn end_text(&mut self) {
        if let Some(name) = self.open.pop() {
            self.text.push_str("</");
            self.text.push_str(name);
            self.text.push_str(">\n");
        }
    }

    /// Ends the element that was begun last.
    pub fn end(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.text.push_str("</");
            self.text.push_str(name);
            self.text.push_str(">\n");
        }
    }

    /// What has come since the last time.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.text.push('<');
        self.text.push_str(name);
        for (attribute, value) in attributes.iter().filter(|it| !it.1.is_empty()) {
            self.text.push(' ');
            self.text.push_str(attribute);
            self.text.push_str("=\"");
            // A parser would take line breaks in attributes for blanks.
            escape(&value.replace(['\n', '\t'], " "), &mut self.text);
            self.text.push('"');
        }
    }

    fn indent(&mut self) {
        self.text.push_str(&"  ".repeat(self.open.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parser_reads_back_what_was_written() {
        let mut tree = Tree::new("messages", &[("version", "1")]);
        tree.begin("message", &[("id", "7"), ("note", ""), ("name", "\"Žltý\" <kôň>\n&")]);
        tree.leaf("text", &[], "a < b\r\n\u{1}]]>");
        tree.leaf("html", &[], "");
        tree.begin_text("file", &[("name", "a")]);
        ["YWJj", "ZGVm"].into_iter().for_each(|it| tree.text(it));
        tree.end_text();
        tree.end();
        tree.end();
        let text = tree.take();
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut names = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(it) => names.push(it.name().as_ref().to_owned()),
                quick_xml::events::Event::Empty(it) => names.push(it.name().as_ref().to_owned()),
                _ => {}
            }
        }
        assert_eq!(names, ["messages", "message", "text", "html", "file"]);
        assert!(text.contains("<file name=\"a\">YWJjZGVm</file>\n"), "{text}");
        assert!(text.contains("name=\"&quot;Žltý&quot; &lt;kôň&gt; &amp;\""), "{text}");
        assert!(text.contains("<text>a &lt; b&#13;\n]]&gt;</text>"), "{text}");
    }
}
