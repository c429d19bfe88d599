//! Letters in Czech.

use super::Kind;

pub(super) const PRODUCTS: [&str; 10] = [
    "Kuchyňská linka z jasanu",
    "Jídelní stůl Rozsutec, 220 × 95 cm",
    "Vestavěná skříň do předsíně",
    "Postel Orava, 180 × 200 cm",
    "Knihovna na míru",
    "Obklad schodiště",
    "Lavice do předsíně",
    "Dětská postel Javorka",
    "Recepční pult",
    "Policový systém do prodejny",
];

pub(super) const KINDS: [Kind; 12] = [
    Kind {
        subject: "Faktura č. {number}",
        body: "v příloze Vám posíláme fakturu č. {number} na částku {amount}.\n\nPředmět: {product}\nSplatnost: {due}\n\n\
               Děkujeme, že jste si vybrali naši dílnu.",
        document: Some("Faktura {number}"),
        weight: 9,
    },
    Kind {
        subject: "Potvrzení objednávky č. {number}",
        body: "děkujeme za objednávku, kterou jsme přijali {date}. Do výroby ji zařadíme hned, jak nám potvrdíte rozměry v příloze.\n\n\
               Předmět: {product}\nCena: {amount}\nPředpokládané dodání: {due}\n\nKdybyste chtěli něco změnit, stačí odpovědět na tuto zprávu.",
        document: Some("Objednávka {number}"),
        weight: 7,
    },
    Kind {
        subject: "Cenová nabídka – {product}",
        body: "podle naší dohody Vám posíláme cenovou nabídku č. {number}.\n\nPředmět: {product}\nCena s dopravou a montáží: {amount}\n\
               Nabídka platí do {due}.\n\nRádi Vám ukážeme vzorky dřeva a povrchů u nás v dílně.",
        document: Some("Cenová nabídka {number}"),
        weight: 7,
    },
    Kind {
        subject: "Upomínka – faktura č. {number}",
        body: "podle naší evidence jsme dosud nepřijali úhradu faktury č. {number} ve výši {amount}. Prosíme o její uhrazení do {due}.\n\n\
               Pokud jste mezitím zaplatili, považujte tuto zprávu za bezpředmětnou.",
        document: None,
        weight: 4,
    },
    Kind {
        subject: "Termín dodání a montáže",
        body: "Vaše objednávka č. {number} je hotová. Montáž navrhujeme na {due} v {time}, naši montéři budou potřebovat asi půl dne.\n\n\
               Předmět: {product}\n\nProsíme, potvrďte nám, zda Vám termín vyhovuje.",
        document: None,
        weight: 6,
    },
    Kind {
        subject: "Zaměření prostoru {due}",
        body: "potvrzujeme zaměření prostoru {due} v {time}. Přijede náš technik, vezme si vzorník a projde s Vámi umístění zásuvek \
               a osvětlení.\n\nKdyby se Vám termín nehodil, dejte nám, prosím, vědět den předem.",
        document: None,
        weight: 5,
    },
    Kind {
        subject: "Reklamace č. {number} – vyřízena",
        body: "Vaše reklamace č. {number} je vyřízena: vadný díl jsme vyrobili znovu a vyměníme jej {due} v {time}. Za výměnu nic neplatíte.\n\n\
               Děkujeme za trpělivost a omlouváme se za nepříjemnosti.",
        document: None,
        weight: 2,
    },
    Kind {
        subject: "Děkujeme za úhradu",
        body: "dnes jsme přijali úhradu {amount} k faktuře č. {number}. Děkujeme.\n\nZáruční list a návod k ošetřování dřeva najdete \
               u dodacího listu.",
        document: None,
        weight: 4,
    },
    Kind {
        subject: "Pozvánka na den otevřené dílny",
        body: "zveme Vás na den otevřené dílny {due} od {time}. Ukážeme Vám, jak z jasanové fošny vznikne stůl, a kdo bude chtít, \
               může si vyzkoušet ruční hoblování.\n\nPro děti máme připravenou stavebnici, pro dospělé kávu.",
        document: None,
        weight: 3,
    },
    Kind {
        subject: "Dotaz k povrchové úpravě",
        body: "ptali jste se na rozdíl mezi olejem a lakem. Olej nechává dřevo dýchat a drobné škrábance se dají opravit doma, lak je \
               odolnější v kuchyni. Pro Váš projekt ({product}) doporučujeme tvrdý voskový olej.\n\nVzorek Vám rádi pošleme.",
        document: None,
        weight: 3,
    },
    Kind {
        subject: "Změna otevírací doby",
        body: "od {due} bude naše prodejna otevřena od pondělí do pátku od 8:00 do 17:00, v sobotu po domluvě. Dílna pracuje beze změny.",
        document: None,
        weight: 1,
    },
    Kind {
        subject: "Podklady k objednávce č. {number}",
        body: "abychom mohli začít s výrobou, potřebujeme od Vás ještě přesné rozměry výklenku a typ vestavných spotřebičů. Stačí fotografie \
               s metrem.\n\nPředmět: {product}\n\nPokud podklady dostaneme do {due}, dodržíme dohodnutý termín.",
        document: None,
        weight: 4,
    },
];
