use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token as Theirs, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use proptest::prelude::*;

use super::*;
use crate::html::entities::{Place, decode};

/// A token in a form that both readers can be brought into.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Plain {
    Start(String, Vec<(String, String)>, bool),
    End(String),
    Text(String),
    Comment(String),
}

fn push(list: &mut Vec<Plain>, token: Plain) {
    if let (Some(Plain::Text(before)), Plain::Text(more)) = (list.last_mut(), &token) {
        before.push_str(more);
    } else if token != Plain::Text(String::new()) {
        list.push(token);
    }
}

fn ours(html: &str) -> Vec<Plain> {
    let mut list = Vec::new();
    let mut name = String::new();
    for token in Tokens::of(html) {
        let plain = match token {
            Token::Start(tag) => {
                name = tag.name;
                let mut attributes: Vec<(String, String)> = Vec::new();
                for it in tag.attributes {
                    assert!(html[it.range.clone()].to_ascii_lowercase().starts_with(&it.name), "{html}");
                    if attributes.iter().all(|(known, _)| *known != it.name) {
                        attributes.push((it.name, decode(it.value, Place::Attribute).into_owned()));
                    }
                }
                Plain::Start(name.clone(), attributes, tag.self_closing)
            }
            Token::End(name) => Plain::End(name),
            Token::Text(text) => Plain::Text(decode(text, Place::Text).into_owned()),
            Token::Raw(text) if matches!(name.as_str(), "title" | "textarea") => {
                Plain::Text(decode(text, Place::Text).into_owned())
            }
            Token::Raw(text) => Plain::Text(text.to_owned()),
            Token::Comment(text) => Plain::Comment(text.to_owned()),
        };
        push(&mut list, plain);
    }
    list
}

#[derive(Default)]
struct Sink(RefCell<Vec<Plain>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Theirs, _: u64) -> TokenSinkResult<()> {
        let mut list = self.0.borrow_mut();
        match token {
            Theirs::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let attributes = tag.attrs.iter().map(|it| (it.name.local.to_string(), it.value.to_string())).collect();
                push(&mut list, Plain::Start(tag.name.to_string(), attributes, tag.self_closing));
                return match &*tag.name {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    "plaintext" => TokenSinkResult::Plaintext,
                    name if is_raw(name) => TokenSinkResult::RawData(RawKind::Rawtext),
                    _ => TokenSinkResult::Continue,
                };
            }
            Theirs::TagToken(tag) => push(&mut list, Plain::End(tag.name.to_string())),
            Theirs::CharacterTokens(text) => push(&mut list, Plain::Text(text.to_string())),
            Theirs::CommentToken(text) => push(&mut list, Plain::Comment(text.to_string())),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn theirs(html: &str) -> Vec<Plain> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[test]
fn odd_markup_is_read_as_browsers_read_it() {
    for html in [
        "a < b <3 <",
        "</",
        "</>x",
        "</ x>y",
        "<?php x ?>y",
        "<!-->x-->",
        "<!--->x-->",
        "<!--a--!>b",
        "<!--a--b",
        "<![CDATA[<b>]]>",
        "<a href=x/y>z",
        "<a/href='x'y=\"z\"/>",
        "<a =b ==c>",
        "<a b= >c",
        "<img src=x onerror=alert(1)",
        "<img src='x",
        "<p a=1 a=2 A=3>",
        "<style></p></STYLE >x",
        "<style>a</styles></style",
        "<title>&amp;<b></title>",
        "<TextArea></div></textarea/>",
        "<plaintext></plaintext>",
        "<a\u{c}b\n=\tc>č</a č>",
        "<ačB=č>",
        "<a \u{10d}=1>",
    ] {
        assert_eq!(ours(html), theirs(html), "{html}");
    }
}

proptest! {
    #[test]
    fn any_soup_is_read_as_browsers_read_it(
        html in "(<|</|<!|<!--|--|-->|<\\?|>|/>|/|=|\"|'| |\n|a|b=c|č|p|br|title|style|textarea|xmp|<style>|</style>|<title>|&amp;|&lt|&#60;|&copy=|&){0,40}"
    ) {
        // A script's content has rules of its own (escaped scripts); here it is always dropped whole, so it is left out.
        prop_assert_eq!(ours(&html), theirs(&html));
    }
}
