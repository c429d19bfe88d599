//! Walks through CSS and names what stands in it.

use std::ops::Range;

use cssparser::{ParseError, Parser, ParserInput, Token};

/// Blocks nested deeper than this are not looked into.
const DEEPEST: usize = 32;

/// What stands in CSS, each name in lower case.
pub(super) enum Found<'a> {
    /// The name of a property.
    Property(&'a str),
    /// A word in the value of a property.
    Word(&'a str, &'a str),
    /// A function in a value.
    Function(&'a str),
    /// The unit of a length.
    Unit(&'a str),
    /// The name of a rule.
    AtRule(&'a str),
}

/// Takes what was found, its bytes, and whether it counts only under a condition (`@media`).
pub(super) type Sink<'a> = dyn FnMut(Found<'_>, Range<usize>, bool) + 'a;

/// Walks through the value of a `style` attribute.
pub(super) fn declarations(css: &str, sink: &mut Sink<'_>) {
    let mut input = ParserInput::new(css);
    let mut walk = Walk { sink, is_conditional: false };
    // The walk never fails: there is nothing to report.
    let _ = walk.declarations(&mut Parser::new(&mut input), 0);
}

/// Walks through a style sheet.
pub(super) fn sheet(css: &str, sink: &mut Sink<'_>) {
    let mut input = ParserInput::new(css);
    let mut walk = Walk { sink, is_conditional: false };
    let _ = walk.rules(&mut Parser::new(&mut input), 0);
}

struct Walk<'a, 'b> {
    sink: &'a mut Sink<'b>,
    is_conditional: bool,
}

type Done<'i> = Result<(), ParseError<'i, ()>>;

impl Walk<'_, '_> {
    fn tell(&mut self, found: Found<'_>, place: Range<usize>) {
        (self.sink)(found, place, self.is_conditional);
    }

    /// Rules: what stands in braces behind an at-rule are rules, behind selectors declarations.
    fn rules<'i>(&mut self, parser: &mut Parser<'i, '_>, depth: usize) -> Done<'i> {
        let mut rule: Option<String> = None;
        loop {
            let start = parser.position().byte_index();
            let Ok(token) = parser.next().cloned() else { return Ok(()) };
            match token {
                Token::AtKeyword(name) => {
                    let name = name.to_ascii_lowercase();
                    let end = parser.position().byte_index();
                    self.tell(Found::AtRule(&name), end.saturating_sub(name.len() + 1).max(start)..end);
                    rule = Some(name);
                }
                Token::Semicolon => rule = None,
                Token::CurlyBracketBlock if depth < DEEPEST => {
                    let rule = rule.take();
                    parser.parse_nested_block(|inner| self.block(inner, rule.as_deref(), depth + 1))?;
                }
                _ => {}
            }
        }
    }

    fn block<'i>(&mut self, parser: &mut Parser<'i, '_>, rule: Option<&str>, depth: usize) -> Done<'i> {
        match rule {
            None => self.declarations(parser, depth),
            Some("media" | "supports" | "layer" | "container") => {
                let before = std::mem::replace(&mut self.is_conditional, true);
                let done = self.rules(parser, depth);
                self.is_conditional = before;
                done
            }
            Some(_) => skip(parser),
        }
    }

    fn declarations<'i>(&mut self, parser: &mut Parser<'i, '_>, depth: usize) -> Done<'i> {
        let mut property: Option<String> = None;
        let mut named = None;
        loop {
            let Ok(token) = parser.next().cloned() else { return Ok(()) };
            let end = parser.position().byte_index();
            match token {
                Token::Semicolon => (property, named) = (None, None),
                Token::Ident(name) if property.is_none() => named = Some((name.to_ascii_lowercase(), end)),
                Token::Colon if property.is_none() => {
                    if let Some((name, end)) = named.take() {
                        self.tell(Found::Property(&name), end.saturating_sub(name.len())..end);
                        property = Some(name);
                    }
                }
                token => {
                    if let Some(property) = &property {
                        self.value(parser, property, &token, end, depth)?;
                    }
                }
            }
        }
    }

    /// One token of a value, with what stands in its parentheses.
    fn value<'i>(
        &mut self,
        parser: &mut Parser<'i, '_>,
        property: &str,
        token: &Token<'i>,
        end: usize,
        depth: usize,
    ) -> Done<'i> {
        match token {
            Token::Ident(word) => {
                let word = word.to_ascii_lowercase();
                self.tell(Found::Word(property, &word), end.saturating_sub(word.len())..end);
            }
            Token::Dimension { unit, .. } => {
                let unit = unit.to_ascii_lowercase();
                self.tell(Found::Unit(&unit), end.saturating_sub(unit.len())..end);
            }
            Token::Function(name) => {
                let name = name.to_ascii_lowercase();
                self.tell(Found::Function(&name), end.saturating_sub(name.len() + 1)..end);
                self.inside(parser, property, depth)?;
            }
            Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                self.inside(parser, property, depth)?
            }
            _ => {}
        }
        Ok(())
    }

    fn inside<'i>(&mut self, parser: &mut Parser<'i, '_>, property: &str, depth: usize) -> Done<'i> {
        if DEEPEST <= depth {
            return Ok(());
        }
        parser.parse_nested_block(|inner| {
            while let Ok(token) = inner.next().cloned() {
                let end = inner.position().byte_index();
                self.value(inner, property, &token, end, depth + 1)?;
            }
            Ok(())
        })
    }
}

fn skip<'i>(parser: &mut Parser<'i, '_>) -> Done<'i> {
    while parser.next().is_ok() {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(css: &str, walk: fn(&str, &mut Sink<'_>)) -> Vec<String> {
        let mut names = Vec::new();
        walk(css, &mut |found, place, is_conditional| {
            let text = match found {
                Found::Property(name) => name.to_owned(),
                Found::Word(property, word) => format!("{property}={word}"),
                Found::Function(name) => format!("{name}()"),
                Found::Unit(name) => format!("1{name}"),
                Found::AtRule(name) => format!("@{name}"),
            };
            assert!(css.get(place).is_some(), "{text} of {css}");
            names.push(if is_conditional { format!("?{text}") } else { text });
        });
        names
    }

    #[test]
    fn declarations_are_named() {
        assert_eq!(
            names("Display : FLEX; width:calc(1REM + (2vw)); /* float:left */ x{y}; color:red", declarations),
            ["display", "display=flex", "width", "calc()", "1rem", "1vw", "color", "color=red"]
        );
    }

    #[test]
    fn selectors_are_no_declarations() {
        assert_eq!(
            names("a:hover{float:left}@media (max-width:600px){.a{float:none}}@font-face{src:x}@import 'x';b{c:d}", sheet),
            ["float", "float=left", "@media", "?float", "?float=none", "@font-face", "@import", "c", "c=d"]
        );
    }

    #[test]
    fn places_are_those_of_the_names() {
        let css = "  a { b : c } d{float:left}";
        let mut seen = Vec::new();
        sheet(css, &mut |found, place, _| {
            if matches!(found, Found::Property(_)) {
                seen.push(&css[place]);
            }
        });
        assert_eq!(seen, ["b", "float"]);
    }
}
