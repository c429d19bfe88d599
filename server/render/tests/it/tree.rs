//! What a browser makes of HTML, by a tree builder that is not ours.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// One element of the tree.
#[derive(Debug)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The text directly inside.
    pub text: String,
    pub parents: Vec<String>,
}

/// Every element of a document, in its order.
pub fn elements(html: &str) -> Vec<Element> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut found = Vec::new();
    walk(&dom.document, &[], &mut found);
    found
}

/// All text of a document that a reader sees.
pub fn visible(html: &str) -> String {
    elements(html)
        .iter()
        .filter(|it| !matches!(it.name.as_str(), "style" | "title" | "script"))
        .map(|it| it.text.as_str())
        .collect()
}

fn walk(node: &Handle, parents: &[String], found: &mut Vec<Element>) {
    let mut inside = parents.to_vec();
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes = attrs.borrow().iter().map(|it| (it.name.local.to_string(), it.value.to_string())).collect();
        let children = node.children.borrow();
        let texts = children.iter().filter_map(|it| match &it.data {
            NodeData::Text { contents } => Some(contents.borrow().to_string()),
            _ => None,
        });
        found.push(Element { name: name.local.to_string(), attributes, text: texts.collect(), parents: parents.to_vec() });
        inside.push(name.local.to_string());
    }
    for child in node.children.borrow().iter() {
        walk(child, &inside, found);
    }
}
