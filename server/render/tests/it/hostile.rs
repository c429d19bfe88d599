//! HTML that wants to harm: whatever goes in, what comes out is a harmless tree for a browser.

use proptest::prelude::*;
use render::{Body, Content, Error, Pictures, RemotePictures, Stripped, email, for_screen, from_html};

use crate::tree::{elements, visible};

/// Tricks of the usual collections (script, handlers, addresses, foreign content, mutation), each with `alert` or a remote address in it.
const TRICKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.test/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script\n>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)",
    "<img src=x onerror=alert(1) ",
    "<img src='x' onerror='alert(1)",
    "<img/src=x/onerror=alert(1)//",
    "<img src=x:x onerror\u{c}=\u{c}alert(1)>",
    "<img \u{0}onerror=alert(1) src=x>",
    "<img src=x ONERROR=alert(1) onerror=alert(2)>",
    "<body onload=alert(1)>",
    "<body background=javascript:alert(1)>",
    "<p style=x onclick=alert(1)>x</p>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "<a href=java&#x0A;script:alert(1)>x</a>",
    "<a href=java&Tab;script&colon;alert(1)>x</a>",
    "<a href=&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58alert(1)>x</a>",
    "<a href=vbscript:alert(1)>x</a>",
    "<a href=data:text/html,<script>alert(1)</script>>x</a>",
    "<a href=# href=javascript:alert(1)>x</a>",
    "<a href=javascript:alert(1) href=#>x</a>",
    "<a href=/api/messages/delete>x</a>",
    "<a xlink:href=javascript:alert(1)>x</a>",
    "<form action=javascript:alert(1)><input type=submit formaction=javascript:alert(1)><button>x</button></form>",
    "<isindex action=javascript:alert(1)>",
    "<textarea autofocus onfocus=alert(1)></textarea><select onfocus=alert(1)><option>x</select>",
    "<details open ontoggle=alert(1)>x</details>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)></object><embed src=//evil.test/x.swf><applet code=x>",
    "<frameset><frame src=javascript:alert(1)></frameset>",
    "<video src=//evil.test/x onerror=alert(1)><source src=//evil.test/y></video><audio src=x onerror=alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<meta http-equiv='Set-Cookie' content='a=b'><base href=//evil.test/>",
    "<link rel=stylesheet href=//evil.test/x.css><link rel=prefetch href=//evil.test/y>",
    "<style>@import url(//evil.test/x.css);</style>",
    "<style>@\\69mport '//evil.test/x.css';body{background:url(//evil.test/y)}</style>",
    "<style>a{background:u\\72l(//evil.test/y)}</style><p style='background:\\75\\72\\6c(//evil.test/z)'>x",
    "<style>p{background-image:-webkit-image-set('//evil.test/a' 1x)}</style>",
    "<style>@font-face{font-family:x;src:url(//evil.test/f)}</style>",
    "<style></style><img src=x onerror=alert(1)></style>",
    "<style><!--</style><img src=x onerror=alert(1)>--></style>",
    "<p style='width:expression(alert(1));behavior:url(//evil.test/x.htc);-moz-binding:url(//evil.test/x.xml#x)'>x</p>",
    "<p style=\"background:url('javascript:alert(1)')\">x</p>",
    "<p style='x:\"</p><script>alert(1)</script>\"'>y</p>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><feImage href=//evil.test/x /><image xlink:href=//evil.test/y /><use href=//evil.test/z></svg>",
    "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
    "<svg><p><style><g title='</style><img src=x onerror=alert(1)>'></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)></style>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<noembed><img src=x onerror=alert(1)></noembed><noframes><script>alert(1)</script></noframes>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<title><a title='</title><img src=x onerror=alert(1)>'></title>",
    "<textarea><a title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<template><script>alert(1)</script></template><template><img src=x onerror=alert(1)></template>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<table><td><svg><td><img src=x onerror=alert(1)></table>",
    "<<img src=x onerror=alert(1)>",
    "<<!-- -->script>alert(1)<<!-- -->/script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--><script>alert(1)</script>",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<!--[if gte mso 9]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><?php <img src=x onerror=alert(1)> ?>",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "</p><script>alert(1)</script><p>",
    "<img src=//evil.test/pixel.gif><img srcset='//evil.test/a 1x' src=cid:a><img lowsrc=//evil.test/b dynsrc=//evil.test/c>",
    "<img src=http://169.254.169.254/latest/meta-data/>",
    "<table background=//evil.test/a><td background='https://evil.test/b'>x</table>",
    "<picture><source srcset=//evil.test/a><img src=https://evil.test/b></picture>",
    "<img src=data:image/svg+xml;base64,PHN2Zz4=><img src='data:text/html,<script>alert(1)</script>'>",
    "<a id=__proto__ name=body><img name=cookie><p id=createElement>x",
    "<a ping=//evil.test/ href=https://x.sk target=_self rel=opener download>x</a>",
    "<amp-img src=//evil.test/a></amp-img><x-evil onclick=alert(1)>x</x-evil>",
    "<div/onmouseover='alert(1)'style=\"x:\">x",
    "<p \"<img src=x onerror=alert(1)>\">x",
    "<b <script>alert(1)</script>0",
    "<q/oncut=alert(1)//a='>'onclick=alert(1)>x",
];

/// What may stand in a screened document.
fn assert_harmless(html: &str, input: &str) {
    for element in elements(html) {
        let name = element.name.as_str();
        let ours = matches!(name, "html" | "head" | "body" | "meta" | "style");
        assert!(ours || KNOWN.contains(&name), "<{name}> out of {input}");
        assert!(name != "meta" || element.parents.last().is_some_and(|it| it == "head"), "a meta in the body out of {input}");
        if name == "style" {
            for bad in ["@import", "url(", "image-set", "expression"] {
                assert!(!outside_strings(&element.text).contains(bad), "{bad} in a style out of {input}");
            }
        }
        for (key, value) in &element.attributes {
            assert!(!key.starts_with("on"), "{key} out of {input}");
            let value = value.trim().to_ascii_lowercase();
            match key.as_str() {
                "href" => assert!(
                    ["http://", "https://", "mailto:", "tel:", "sms:", "#"].iter().any(|it| value.starts_with(it)),
                    "{value}"
                ),
                "src" | "background" => {
                    assert!(value.starts_with("data:image/") || value.starts_with("/inline/"), "{value} out of {input}")
                }
                "style" => {
                    let css = outside_strings(&value);
                    assert!(!css.contains("url(") && !css.contains("expression("), "{value} out of {input}");
                }
                "srcset" | "ping" | "action" | "formaction" | "srcdoc" | "http-equiv" => panic!("{key} out of {input}"),
                _ => {}
            }
        }
    }
}

/// CSS in lower case without its strings, in which any word is harmless.
fn outside_strings(css: &str) -> String {
    let mut outside = String::new();
    let mut quote = None;
    let mut signs = css.chars();
    while let Some(it) = signs.next() {
        match quote {
            Some(_) if it == '\\' => drop(signs.next()),
            Some(end) if it == end => quote = None,
            Some(_) => {}
            None if it == '"' || it == '\'' => quote = Some(it),
            None => outside.push(it.to_ascii_lowercase()),
        }
    }
    outside
}

const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "map",
    "mark",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

fn inline(id: &str) -> Option<String> {
    (id == "a").then(|| "/inline/a".to_owned())
}

fn screened(html: &str) -> String {
    let pictures = Pictures { remote: RemotePictures::Blocked, inline: &inline };
    for_screen(html, pictures).unwrap().html
}

#[test]
fn no_trick_reaches_the_tree() {
    for trick in TRICKS {
        assert_harmless(&screened(trick), trick);
        assert_harmless(&screened(&format!("<table><tr><td>{trick}</td></tr></table>")), trick);
        assert_harmless(&screened(&format!("<div><p>{trick}<b>")), trick);
    }
}

#[test]
fn tricks_beside_one_another_stay_harmless() {
    for first in TRICKS {
        let all: String = TRICKS.iter().flat_map(|second| [*first, *second]).collect();
        assert_harmless(&screened(&all), first);
    }
}

#[test]
fn a_screened_document_screened_again_stays_harmless() {
    for trick in TRICKS {
        assert_harmless(&screened(&screened(trick)), trick);
    }
}

#[test]
fn what_was_taken_out_is_told() {
    let pictures = Pictures { remote: RemotePictures::Blocked, inline: &inline };
    for (html, what, count) in [
        ("<script></script><p onclick=x><a href=javascript:x>", Stripped::Script, 3),
        ("<iframe></iframe><object></object><video></video>", Stripped::Embedded, 3),
        ("<form><input><button></button></form>", Stripped::Form, 3),
        ("<img src=https://x.sk/a><td background=//x.sk><table background=//x.sk/b>", Stripped::RemotePicture, 2),
        ("<p style='background:url(https://x.sk/a)'>", Stripped::RemotePicture, 1),
        ("<img src=cid:b><img src=a.png>", Stripped::MissingPicture, 2),
        ("<style>@import 'x'</style>", Stripped::Style, 1),
        ("<svg></svg><math></math>", Stripped::Drawing, 2),
        ("<meta http-equiv=Refresh content=0><base href=x><link rel=x>", Stripped::Document, 3),
    ] {
        let removed = for_screen(html, pictures).unwrap().removed;
        assert_eq!(removed.iter().map(|it| (it.what, it.count)).collect::<Vec<_>>(), [(what, count)], "{html}");
    }
    assert!(
        for_screen("<p style='color:red'>Dobrý <b>deň</b><img src=cid:a></p><!-- x -->", pictures).unwrap().removed.is_empty()
    );
}

#[test]
fn a_leaving_mail_carries_no_trick_and_its_frame_is_not_broken() {
    for trick in TRICKS {
        let body = format!("</td></tr></table>{trick}</table></td>");
        let content = Content { subject: "x", body: Body::Html(&body), signature: "Eva", language: "sk" };
        let html = email(&content).unwrap().html;
        let tree = elements(&html);
        for element in &tree {
            assert!(
                !matches!(element.name.as_str(), "script" | "iframe" | "object" | "svg" | "math" | "base" | "link" | "form"),
                "{trick}"
            );
            assert!(
                element.attributes.iter().all(|(key, value)| !key.starts_with("on") && !value.starts_with("javascript:")),
                "{trick}"
            );
        }
        let signature =
            tree.iter().find(|it| it.attributes.iter().any(|(key, value)| key == "class" && value == "quiet")).unwrap();
        let n_tables = signature.parents.iter().filter(|it| *it == "table").count();
        // With a body of its own it is a whole document, which has no frame.
        assert_eq!(n_tables, if trick.contains("<body") { 0 } else { 2 }, "{trick}");
    }
}

#[test]
fn enormous_html_is_rendered_or_refused() {
    let rows = format!("<table>{}</table>", "<tr><td>a<td>b".repeat(100_000));
    let words = "<p>Dobrý deň <b>všetkým</b></p>".repeat(150_000);
    let deep = "<div><table><tr><td>".repeat(100_000);
    let wide = format!("<p {}>x", (0..200_000).map(|it| format!("a{it}=1 ")).collect::<String>());
    let picture = format!("<img src='data:image/png;base64,{}'>", "A".repeat(5_000_000));
    for html in [&rows, &words, &deep, &wide, &picture] {
        assert!(screened(html).ends_with("</body></html>\n"));
        assert!(from_html(html).is_ok());
    }
    let pictures = Pictures { remote: RemotePictures::Blocked, inline: &inline };
    let endless = "x".repeat((32 << 20) + 1);
    assert_eq!(for_screen(&endless, pictures), Err(Error::TooLarge));
    assert_eq!(from_html(&endless), Err(Error::TooLarge));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_is_harmless(
        picks in prop::collection::vec((0..TRICKS.len(), 0.0..=1.0, 0.0..=1.0, 0..8_usize), 1..8),
    ) {
        // Pieces of tricks cut anywhere, glued with what opens or closes contexts.
        const GLUE: [&str; 8] = ["", "<", "</", "<!--", "\"", "'>", "<svg>", "</style>"];
        let mut html = String::new();
        for (at, from, to, glue) in picks {
            let trick: Vec<char> = TRICKS[at].chars().collect();
            let (from, to) = ((from * trick.len() as f64) as usize, (to * trick.len() as f64) as usize);
            html.extend(&trick[from.min(to)..from.max(to)]);
            html.push_str(GLUE[glue]);
        }
        assert_harmless(&screened(&html), &html);
    }

    #[test]
    fn plain_text_survives_whatever_it_is(text in "[a-z<>&\"'=/ -]{0,100}") {
        let content = Content { subject: &text, body: Body::Text(&text), signature: "", language: "sk" };
        let html = email(&content).unwrap().html;
        let squeezed = |text: &str| text.replace(char::is_whitespace, "");
        let shown = squeezed(&visible(&html));
        let words: String = text.lines().map(|line| line.trim_start()).collect();
        prop_assert!(shown.contains(&squeezed(words.strip_prefix("- ").unwrap_or(&words))), "{} in {}", words, shown);
    }
}
