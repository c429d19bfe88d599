//! Record types about orders and money.

use super::{FieldInfo, RecordInfo, field};
use crate::MergeKind::{Collection, Date, Money, Number, Text, Url};

static ITEM: &[FieldInfo] = &[
    field("name", Text, ["Položka: názov", "Položka: název", "Item's name"], ""),
    field("quantity", Number, ["Položka: množstvo", "Položka: množství", "Item's quantity"], ""),
    field("unit", Text, ["Položka: jednotka", "Položka: jednotka", "Item's unit"], ""),
    field("price", Money, ["Položka: cena za jednotku", "Položka: cena za jednotku", "Item's unit price"], ""),
    field("total", Money, ["Položka: spolu", "Položka: celkem", "Item's total"], ""),
];

static ITEMS: &[&[&str]] = &[
    &["Jedálenský stôl Jaseň 180", "1", "ks", "640 EUR", "640 EUR"],
    &["Stolička Javor", "4", "ks", "118.50 EUR", "474 EUR"],
    &["Doprava", "1", "ks", "30 EUR", "30 EUR"],
];

const fn items(path: &'static str, names: [&'static str; 3]) -> FieldInfo {
    FieldInfo { path, kind: Collection, names, sample: "", rows: ITEM, samples: ITEMS }
}

pub(super) static ORDER: RecordInfo = RecordInfo {
    key: "order",
    names: ["Objednávka", "Objednávka", "Order"],
    fields: &[
        field("order.number", Text, ["Číslo objednávky", "Číslo objednávky", "Order number"], "2026/0417"),
        field("order.date", Date, ["Dátum objednávky", "Datum objednávky", "Order date"], "2026-05-25"),
        field("order.state", Text, ["Stav objednávky", "Stav objednávky", "Order state"], "V expedícii"),
        field("order.total", Money, ["Spolu na úhradu", "Celkem k úhradě", "Total to pay"], "1144 EUR"),
        field("order.payment", Text, ["Spôsob platby", "Způsob platby", "Way of payment"], "prevodom na účet"),
        field("order.delivery", Text, ["Spôsob dodania", "Způsob dodání", "Way of delivery"], "kuriér"),
        field("order.delivery_date", Date, ["Predpokladané dodanie", "Předpokládané dodání", "Expected delivery"], "2026-06-04"),
        field(
            "order.tracking",
            Url,
            ["Odkaz na sledovanie zásielky", "Odkaz na sledování zásilky", "Tracking link"],
            "https://zasielky.example/3344556677",
        ),
        field(
            "order.pickup_place",
            Text,
            ["Miesto vyzdvihnutia", "Místo vyzvednutí", "Place of collection"],
            "Dielenská 8, Martin",
        ),
        field("order.pickup_until", Date, ["Vyzdvihnúť do", "Vyzvednout do", "Collect until"], "2026-06-12"),
        field("order.note", Text, ["Poznámka k objednávke", "Poznámka k objednávce", "Order note"], "Zavolať pred dodaním"),
        items("order.items", ["Položky objednávky", "Položky objednávky", "Order items"]),
    ],
};

pub(super) static INVOICE: RecordInfo = RecordInfo {
    key: "invoice",
    names: ["Faktúra", "Faktura", "Invoice"],
    fields: &[
        field("invoice.number", Text, ["Číslo faktúry", "Číslo faktury", "Invoice number"], "20260231"),
        field("invoice.date", Date, ["Dátum vystavenia", "Datum vystavení", "Date of issue"], "2026-05-14"),
        field("invoice.due", Date, ["Dátum splatnosti", "Datum splatnosti", "Due date"], "2026-05-28"),
        field("invoice.total", Money, ["Suma faktúry", "Částka faktury", "Invoice total"], "1144 EUR"),
        field("invoice.remaining", Money, ["Zostáva uhradiť", "Zbývá uhradit", "Still to pay"], "1144 EUR"),
        field("invoice.days_overdue", Number, ["Dní po splatnosti", "Dní po splatnosti", "Days overdue"], "7"),
        field("invoice.iban", Text, ["IBAN na úhradu", "IBAN k úhradě", "IBAN to pay to"], "SK3112000000198742637541"),
        field("invoice.symbol", Text, ["Variabilný symbol", "Variabilní symbol", "Payment reference"], "20260231"),
        items("invoice.items", ["Položky faktúry", "Položky faktury", "Invoice items"]),
    ],
};

pub(super) static SETTLEMENT: RecordInfo = RecordInfo {
    key: "settlement",
    names: ["Vyúčtovanie", "Vyúčtování", "Settlement"],
    fields: &[
        field("settlement.number", Text, ["Číslo vyúčtovania", "Číslo vyúčtování", "Settlement number"], "V-2026/05"),
        field("settlement.contract", Text, ["Číslo zmluvy", "Číslo smlouvy", "Contract number"], "K-2025/118"),
        field("settlement.period_from", Date, ["Obdobie od", "Období od", "Period from"], "2026-05-01"),
        field("settlement.period_to", Date, ["Obdobie do", "Období do", "Period to"], "2026-05-31"),
        field("settlement.pieces", Number, ["Počet predaných kusov", "Počet prodaných kusů", "Pieces sold"], "12"),
        field("settlement.total", Money, ["Suma na vyplatenie", "Částka k vyplacení", "Amount to pay out"], "486.20 EUR"),
        field("settlement.paid_on", Date, ["Dátum výplaty", "Datum výplaty", "Date of payment"], "2026-06-10"),
        items("settlement.items", ["Položky vyúčtovania", "Položky vyúčtování", "Settlement items"]),
    ],
};

pub(super) static ADDENDUM: RecordInfo = RecordInfo {
    key: "addendum",
    names: ["Dodatok", "Dodatek", "Addendum"],
    fields: &[
        field("addendum.number", Text, ["Číslo dodatku", "Číslo dodatku", "Addendum number"], "2"),
        field("addendum.contract", Text, ["Číslo zmluvy", "Číslo smlouvy", "Contract number"], "K-2025/118"),
        field("addendum.date", Date, ["Dátum dodatku", "Datum dodatku", "Addendum date"], "2026-05-28"),
        field(
            "addendum.subject",
            Text,
            ["Čoho sa dodatok týka", "Čeho se dodatek týká", "What the addendum is about"],
            "zníženie predajnej ceny",
        ),
        field("addendum.sign_until", Date, ["Podpísať do", "Podepsat do", "To be signed until"], "2026-06-11"),
        items("addendum.items", ["Položky dodatku", "Položky dodatku", "Addendum items"]),
    ],
};

pub(super) static BUYOUT: RecordInfo = RecordInfo {
    key: "buyout",
    names: ["Ponuka výkupu", "Nabídka výkupu", "Offer of buy-out"],
    fields: &[
        field("buyout.number", Text, ["Číslo ponuky", "Číslo nabídky", "Offer number"], "P-2026/33"),
        field("buyout.contract", Text, ["Číslo zmluvy", "Číslo smlouvy", "Contract number"], "K-2025/118"),
        field("buyout.total", Money, ["Ponúknutá suma", "Nabídnutá částka", "Amount offered"], "320 EUR"),
        field("buyout.valid_until", Date, ["Ponuka platí do", "Nabídka platí do", "Offer valid until"], "2026-06-15"),
        items("buyout.items", ["Položky výkupu", "Položky výkupu", "Items to buy"]),
    ],
};
