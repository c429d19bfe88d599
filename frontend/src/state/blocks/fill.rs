//! What new blocks begin with: the company's data and the record's fields where there are some, words in the language of the mail.

use content::blocks::{Align, Button, Columns, Footer, Header, Items, ItemsColumn, Kind, PaymentCode, Picture, Spacer, Text};
use content::payment::Standard;
use model::{Language, MergeField, MergeKind};

/// The kinds of blocks, in the order in which the palette offers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Sort {
    Text,
    Picture,
    Button,
    Columns,
    Items,
    Payment,
    Header,
    Footer,
    Divider,
    Spacer,
}

impl Sort {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Picture,
        Self::Button,
        Self::Columns,
        Self::Items,
        Self::Payment,
        Self::Header,
        Self::Footer,
        Self::Divider,
        Self::Spacer,
    ];

    /// Its name in the page.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Picture => "picture",
            Self::Button => "button",
            Self::Columns => "columns",
            Self::Items => "items",
            Self::Payment => "payment",
            Self::Header => "header",
            Self::Footer => "footer",
            Self::Divider => "divider",
            Self::Spacer => "spacer",
        }
    }

    /// The kind of a block.
    pub fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Header(_) => Self::Header,
            Kind::Text(_) => Self::Text,
            Kind::Picture(_) => Self::Picture,
            Kind::Button(_) => Self::Button,
            Kind::Columns(_) => Self::Columns,
            Kind::Divider => Self::Divider,
            Kind::Spacer(_) => Self::Spacer,
            Kind::Items(_) => Self::Items,
            Kind::Payment(_) => Self::Payment,
            Kind::Footer(_) => Self::Footer,
        }
    }
}

/// The fields with the company's data, as far as the catalogue has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// Merge code of its name; empty when there is no such field.
    pub name: String,
    /// Merge code of its account; empty when there is no such field.
    pub account: String,
    /// HTML of its name and how to reach it, with what is not known left out.
    pub lines: String,
}

/// What the catalogue says about the company.
pub fn company(fields: &[MergeField]) -> Company {
    let code = |path: &str| fields.iter().any(|it| it.path == path).then(|| format!("{{{{ {path} }}}}")).unwrap_or_default();
    let optional = |path: &str| {
        let code = code(path);
        (!code.is_empty()).then(|| format!("{{% if {path} %}} · {code}{{% endif %}}"))
    };
    let name = code("company.name");
    let more: String =
        ["company.address", "company.phone", "company.email", "company.web"].into_iter().filter_map(optional).collect();
    let lines = if name.is_empty() && more.is_empty() { String::new() } else { format!("<p>{name}{more}</p>") };
    Company { name, account: code("company.iban"), lines }
}

/// A new block.
pub fn fresh(sort: Sort, fields: &[MergeField], language: Language) -> Kind {
    let company = company(fields);
    let words = Words::of(language);
    match sort {
        Sort::Text => Kind::Text(Text::default()),
        Sort::Picture => Kind::Picture(Picture { align: Align::Center, ..Picture::default() }),
        Sort::Button => Kind::Button(Button { label: words.button.into(), ..Button::default() }),
        Sort::Columns => Kind::Columns(Columns { columns: vec![Vec::new(), Vec::new()], ..Columns::default() }),
        Sort::Items => Kind::Items(items(fields, words)),
        Sort::Payment => Kind::Payment(payment(fields, &company, words, language)),
        Sort::Header => Kind::Header(Header { name: company.name, ..Header::default() }),
        Sort::Footer => Kind::Footer(Footer { html: company.lines }),
        Sort::Divider => Kind::Divider,
        Sort::Spacer => Kind::Spacer(Spacer { height: 24 }),
    }
}

/// The first collection with its first fields as columns.
fn items(fields: &[MergeField], words: Words) -> Items {
    let Some(list) = fields.iter().find(|it| it.kind == MergeKind::Collection) else { return Items::default() };
    Items { list: list.path.clone(), columns: columns(list), empty: words.no_items.to_owned() }
}

/// The first fields of a collection as columns of a table; what is counted stands at the right.
pub fn columns(list: &MergeField) -> Vec<ItemsColumn> {
    let is_counted = |it: &MergeField| matches!(it.kind, MergeKind::Number | MergeKind::Money);
    let column = |it: &MergeField| ItemsColumn {
        heading: heading(&it.label),
        field: it.path.clone(),
        align: if is_counted(it) { Align::Right } else { Align::Left },
    };
    list.rows.iter().filter(|it| it.kind != MergeKind::Collection).take(4).map(column).collect()
}

/// What stands above a column: the field's name without the collection's, which is written before a colon.
fn heading(label: &str) -> String {
    let own = label.rsplit(": ").next().unwrap_or_default();
    let mut letters = own.chars();
    letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn payment(fields: &[MergeField], company: &Company, words: Words, language: Language) -> PaymentCode {
    let is_own = |it: &&MergeField| ["contact.", "company.", "user."].iter().all(|other| !it.path.starts_with(other));
    let first = |kind: MergeKind| fields.iter().filter(is_own).find(|it| it.kind == kind).map(|it| it.path.clone());
    let named = |names: &[&str]| {
        let path = |name: &&str| fields.iter().filter(is_own).find(|it| it.path.rsplit('.').next() == Some(name));
        names.iter().find_map(path).map(|it| it.path.clone())
    };
    let code = |path: String| format!("{{{{ {path} }}}}");
    let symbol = named(&["symbol", "number"]).map(code).unwrap_or_default();
    PaymentCode {
        standard: if language == Language::Cs { Standard::Spayd } else { Standard::PayBySquare },
        account: named(&["iban"]).map(code).unwrap_or_else(|| company.account.clone()),
        amount: named(&["remaining", "total"]).or_else(|| first(MergeKind::Money)).unwrap_or_default(),
        due: named(&["due"]).unwrap_or_default(),
        message: symbol.clone(),
        variable: symbol,
        payee: company.name.clone(),
        caption: words.payment.to_owned(),
        ..PaymentCode::default()
    }
}

/// Words that a new block begins with; they are the mail's, not the screen's.
#[derive(Clone, Copy)]
struct Words {
    button: &'static str,
    no_items: &'static str,
    payment: &'static str,
}

impl Words {
    fn of(language: Language) -> Self {
        match language {
            Language::Sk => Self { button: "Zobraziť", no_items: "Žiadne položky", payment: "Zaplaťte mobilom" },
            Language::Cs => Self { button: "Zobrazit", no_items: "Žádné položky", payment: "Zaplaťte mobilem" },
            Language::En => Self { button: "Open", no_items: "No items", payment: "Pay with your phone" },
        }
    }
}
