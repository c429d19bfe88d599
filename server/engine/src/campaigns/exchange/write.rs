//! Campaigns as XML; the schema is described in `CAMPAIGNS_XML.md` of the tables.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::{CampaignContent, CampaignStart, ConsentRule, PlainText, Reaction, SendingWindow, TemplateBody, TemplateText};
use store::Code;
use tables::write::Tree;

use super::portable::{NamedFilter, NamedSet, Person, Portable};

/// The days of a week, Monday first.
pub(super) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// What stands where something is switched on.
pub(super) const YES: &str = "yes";

/// Begins a document.
pub(super) fn begin() -> Tree {
    Tree::new("campaigns", &[("version", "1")])
}

/// Writes a campaign as far as its files.
pub(super) fn begin_campaign(tree: &mut Tree, it: &Portable) {
    let draft = &it.draft;
    let measure = [(draft.measure.opens, "opens"), (draft.measure.clicks, "clicks")];
    let measure: Vec<&str> = measure.into_iter().filter(|it| it.0).map(|it| it.1).collect();
    tree.begin(
        "campaign",
        &[
            ("name", &draft.name),
            ("channel", draft.channel.code()),
            ("kind", draft.kind.code()),
            ("classification", &draft.classification),
            ("account", it.account.as_deref().unwrap_or_default()),
            ("measure", &measure.join(" ")),
            ("approval", if draft.wants_approval { "wanted" } else { "" }),
            ("diacritics", if draft.keeps_diacritics { "kept" } else { "" }),
        ],
    );
    if !draft.note.is_empty() {
        tree.leaf("note", &[], &draft.note);
    }
    if !draft.sender_name.is_empty() || !draft.sender_address.is_empty() {
        tree.leaf("sender", &[("name", &draft.sender_name)], &draft.sender_address);
    }
    content(tree, it);
}

/// Begins a file of a campaign; its pieces follow.
pub(super) fn begin_file(tree: &mut Tree, name: &str, media_type: &str) {
    tree.begin_text("file", &[("name", name), ("type", media_type)]);
}

/// Writes the next piece of a file. Each but the last is whole groups of base64.
pub(super) fn piece(tree: &mut Tree, bytes: &[u8]) {
    tree.text(&BASE64_STANDARD.encode(bytes));
}

/// Writes what stands behind the files of a campaign.
pub(super) fn end_campaign(tree: &mut Tree, it: &Portable) {
    audience(tree, it);
    match it.draft.start {
        CampaignStart::AtOnce => {}
        CampaignStart::At(at) => tree.leaf("start", &[("at", &at.rfc3339())], ""),
        CampaignStart::Kept => tree.leaf("start", &[("kept", YES)], ""),
    }
    pace(tree, it);
    tree.end();
}

fn content(tree: &mut Tree, it: &Portable) {
    match (&it.template, &it.draft.content) {
        (Some(template), _) => tree.leaf("template", &[], template),
        (None, CampaignContent::Own(texts)) => texts.iter().for_each(|it| text(tree, it)),
        (None, CampaignContent::Template(_)) => {}
    }
}

fn text(tree: &mut Tree, it: &TemplateText) {
    tree.begin("text", &[("language", it.language.code())]);
    for (name, value) in [("subject", &it.subject), ("preheader", &it.preheader)] {
        if !value.is_empty() {
            tree.leaf(name, &[], value);
        }
    }
    let form = match it.body {
        TemplateBody::Html(_) => "html",
        TemplateBody::Mjml(_) => "mjml",
        TemplateBody::Blocks(_) => "blocks",
        TemplateBody::Sms(_) => "sms",
    };
    tree.leaf("body", &[("form", form)], it.body.source());
    if let PlainText::Own(plain) = &it.plain {
        tree.leaf("plain", &[], plain);
    }
    tree.end();
}

fn audience(tree: &mut Tree, it: &Portable) {
    let audience = &it.draft.audience;
    let consent = if audience.consent == ConsentRule::Given { "given" } else { "" };
    let no_bulk = if audience.overrides_no_bulk { "overridden" } else { "" };
    tree.begin("audience", &[("consent", consent), ("no-bulk", no_bulk)]);
    it.include.iter().for_each(|it| set(tree, it));
    if !it.exclude.is_empty() {
        tree.begin("exclude", &[]);
        it.exclude.iter().for_each(|it| set(tree, it));
        tree.end();
    }
    for it in &it.draft.unmatched {
        let excluded = if it.is_excluded { YES } else { "" };
        tree.leaf("unmatched", &[("kind", it.kind.code()), ("excluded", excluded)], &it.name);
    }
    if !audience.typed.is_empty() {
        tree.leaf("typed", &[], &audience.typed);
    }
    tree.end();
}

fn set(tree: &mut Tree, it: &NamedSet) {
    match it {
        NamedSet::List(name) => tree.leaf("list", &[], name),
        NamedSet::Segment(name) => tree.leaf("segment", &[], name),
        NamedSet::Got(name, version, reaction) => {
            let version = version.map(|it| it.to_string()).unwrap_or_default();
            tree.leaf("got", &[("version", &version), ("reaction", reaction.map_or("", reaction_code))], name);
        }
        NamedSet::Ticked(people) => {
            tree.begin("ticked", &[]);
            people.iter().for_each(|it| person(tree, it));
            tree.end();
        }
        NamedSet::Matching(filter, except) => {
            let attributes = attributes(filter);
            let attributes: Vec<(&str, &str)> = attributes.iter().map(|it| (it.0, it.1.as_str())).collect();
            tree.begin("matching", &attributes);
            except.iter().for_each(|it| person(tree, it));
            tree.end();
        }
    }
}

fn person(tree: &mut Tree, it: &Person) {
    tree.leaf("contact", &[("name", &it.name)], &it.address);
}

/// How a reaction is called in files.
pub(super) fn reaction_code(reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::Opened => "opened",
        Reaction::Clicked => "clicked",
        Reaction::Nothing => "nothing",
    }
}

/// A filter as attributes; those without a value are left out.
pub(super) fn attributes(it: &NamedFilter) -> Vec<(&'static str, String)> {
    let yes_no = |it: Option<bool>| it.map_or("", |it| if it { YES } else { "no" }).to_owned();
    let name = |it: &Option<String>| it.clone().unwrap_or_default();
    let filter = &it.filter;
    let all = [
        ("words", filter.words.clone()),
        ("kind", filter.kind.map_or("", Code::code).to_owned()),
        ("nature", filter.nature.map_or("", Code::code).to_owned()),
        ("tag", name(&it.tag)),
        ("owner", name(&it.owner)),
        ("obtained", filter.obtained.map_or("", Code::code).to_owned()),
        ("no-bulk", yes_no(filter.no_bulk)),
        ("list", name(&it.list)),
        ("segment", name(&it.segment)),
        ("has-email", yes_no(filter.has_email)),
        ("has-phone", yes_no(filter.has_phone)),
        ("suppressed-email", yes_no(filter.suppressed_email)),
        ("suppressed-phone", yes_no(filter.suppressed_phone)),
        ("consent-email", filter.consent_email.map_or("", Code::code).to_owned()),
        ("consent-sms", filter.consent_sms.map_or("", Code::code).to_owned()),
    ];
    all.into_iter().filter(|it| !it.1.is_empty()).collect()
}

fn pace(tree: &mut Tree, it: &Portable) {
    let pace = it.draft.pace;
    if pace.per_hour.is_none() && pace.window.is_none() {
        return;
    }
    let per_hour = pace.per_hour.map(|it| it.to_string()).unwrap_or_default();
    let (days, from, until) = pace.window.map(window).unwrap_or_default();
    tree.leaf("pace", &[("per-hour", &per_hour), ("days", &days), ("from", &from), ("until", &until)], "");
}

fn window(it: SendingWindow) -> (String, String, String) {
    let days: Vec<&str> = DAYS.into_iter().enumerate().filter(|(n, _)| (it.days >> n) & 1 == 1).map(|it| it.1).collect();
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    (days.join(" "), time(it.from), time(it.until))
}
