//! The words of evidence sheets.

use model::message::Role;
use model::{AttemptOutcome, Channel, DeliveryState, Language, Origin, ReleaseStep};

/// What stands on a sheet in one language.
pub(super) struct Words {
    pub language: &'static str,
    pub title: &'static str,
    pub registration_number: &'static str,
    made: &'static str,
    pub message: &'static str,
    pub subject: &'static str,
    pub from: &'static str,
    pub reply_to: &'static str,
    roles: [&'static str; 3],
    pub created: &'static str,
    pub author: &'static str,
    pub channel: &'static str,
    channels: [&'static str; 2],
    pub origin: &'static str,
    origins: [&'static str; 7],
    pub number: &'static str,
    pub campaign: &'static str,
    pub header_id: &'static str,
    pub erased: &'static str,
    pub releases: &'static str,
    pub no_releases: &'static str,
    pub when: &'static str,
    pub who: &'static str,
    system: &'static str,
    pub what: &'static str,
    pub entry: &'static str,
    steps: [&'static str; 3],
    pub delivery: &'static str,
    pub address: &'static str,
    pub state: &'static str,
    states: [&'static str; 11],
    pub attempt: &'static str,
    pub outcome: &'static str,
    outcomes: [&'static str; 4],
    pub relay: &'static str,
    pub capture: &'static str,
    pub tls: &'static str,
    pub no_tls: &'static str,
    pub reply: &'static str,
    pub queue_id: &'static str,
    pub part: &'static str,
    pub digests: &'static str,
    pub text: &'static str,
    pub html: &'static str,
    pub mail: &'static str,
    pub size: &'static str,
    pub check: &'static str,
    pub check_text: &'static str,
    pub key: &'static str,
    pub signature: &'static str,
    pub log: &'static str,
}

/// The words in a language.
pub(super) fn of(language: Language) -> &'static Words {
    match language {
        Language::Sk => &SK,
        Language::Cs => &CS,
        Language::En => &EN,
    }
}

impl Words {
    pub fn made(&self, who: &str) -> String {
        format!("{} {}", self.made, self.person(who))
    }

    /// The system has no name of its own.
    pub fn person(&self, name: &str) -> String {
        if name.is_empty() { self.system.to_owned() } else { name.to_owned() }
    }

    pub fn role(&self, role: Role) -> &'static str {
        match role {
            Role::To => self.roles[0],
            Role::Cc => self.roles[1],
            Role::Bcc => self.roles[2],
        }
    }

    pub fn channel_of(&self, channel: Channel) -> &'static str {
        match channel {
            Channel::Email => self.channels[0],
            Channel::Sms => self.channels[1],
        }
    }

    pub fn origin_of(&self, origin: Origin) -> &'static str {
        match origin {
            Origin::Manual => self.origins[0],
            Origin::Campaign => self.origins[1],
            Origin::Notification => self.origins[2],
            Origin::Resend => self.origins[3],
            Origin::Test => self.origins[4],
            Origin::Api => self.origins[5],
            Origin::Archive => self.origins[6],
        }
    }

    pub fn step(&self, step: ReleaseStep) -> &'static str {
        match step {
            ReleaseStep::Released => self.steps[0],
            ReleaseStep::Approved => self.steps[1],
            ReleaseStep::Repeated => self.steps[2],
        }
    }

    pub fn state_of(&self, state: DeliveryState) -> &'static str {
        match state {
            DeliveryState::Waiting => self.states[0],
            DeliveryState::Leased => self.states[1],
            DeliveryState::Handed => self.states[2],
            DeliveryState::Accepted => self.states[3],
            DeliveryState::Delivered => self.states[4],
            DeliveryState::Returned => self.states[5],
            DeliveryState::Rejected => self.states[6],
            DeliveryState::Unknown => self.states[7],
            DeliveryState::Suppressed => self.states[8],
            DeliveryState::Cancelled => self.states[9],
            DeliveryState::Expired => self.states[10],
        }
    }

    pub fn outcome_of(&self, outcome: AttemptOutcome) -> &'static str {
        match outcome {
            AttemptOutcome::Accepted => self.outcomes[0],
            AttemptOutcome::Deferred => self.outcomes[1],
            AttemptOutcome::Rejected => self.outcomes[2],
            AttemptOutcome::Unknown => self.outcomes[3],
        }
    }
}

const SK: Words = Words {
    language: "sk",
    title: "Doklad o odoslaní správy",
    registration_number: "IČO",
    made: "Doklad dal vyhotoviť:",
    message: "Správa",
    subject: "Predmet",
    from: "Od",
    reply_to: "Odpovede na",
    roles: ["Komu", "Kópia", "Skrytá kópia"],
    created: "Napísaná",
    author: "Autor",
    channel: "Kanál",
    channels: ["e-mail", "SMS"],
    origin: "Pôvod",
    origins: ["ručná", "hromadná", "automatická", "opakovaná", "skúšobná", "z iného programu", "zo starého archívu"],
    number: "Číslo",
    campaign: "Hromadná správa č.",
    header_id: "Message-ID",
    erased: "Text, predmet a súbory tejto správy boli vymazané spolu s osobou, ktorej patrila.",
    releases: "Kto správu uvoľnil",
    no_releases: "O uvoľnení nie je v logu žiadny záznam.",
    when: "Kedy",
    who: "Kto",
    system: "systém",
    what: "Čo",
    entry: "Záznam logu",
    steps: ["uvoľnenie na odoslanie", "schválenie", "opakované odoslanie"],
    delivery: "Doručenie",
    address: "Adresa",
    state: "Stav",
    states: [
        "čaká",
        "pripravuje sa",
        "odovzdáva sa",
        "prijatá serverom",
        "doručená",
        "vrátená",
        "odmietnutá",
        "bez odpovede",
        "zakázaný príjemca",
        "zrušená",
        "vypršala",
    ],
    attempt: "Pokus č.",
    outcome: "Výsledok",
    outcomes: ["server prijal", "server odložil", "server odmietol", "bez odpovede"],
    relay: "Server",
    capture: "Zachytávanie (správa neodišla)",
    tls: "Ochrana spojenia",
    no_tls: "bez šifrovania",
    reply: "Doslovná odpoveď",
    queue_id: "Id vo fronte servera",
    part: "Časť",
    digests: "Odtlačky obsahu",
    text: "Text",
    html: "HTML",
    mail: "Celý e-mail",
    size: "Bajtov",
    check: "Overenie",
    check_text: "Tento doklad obsahuje aj podpísané údaje. Bez prístupu k systému ich overí príkaz „posel verify SÚBOR“; \
                 s voľbou --key porovná kľúč s tým, ktorý firma zverejnila, a ďalšie súbory porovná s odtlačkami.",
    key: "Verejný kľúč (Ed25519)",
    signature: "Podpis",
    log: "Záznam logu a jeho odtlačok",
};

const CS: Words = Words {
    language: "cs",
    title: "Doklad o odeslání zprávy",
    registration_number: "IČO",
    made: "Doklad dal vyhotovit:",
    message: "Zpráva",
    subject: "Předmět",
    from: "Od",
    reply_to: "Odpovědi na",
    roles: ["Komu", "Kopie", "Skrytá kopie"],
    created: "Napsána",
    author: "Autor",
    channel: "Kanál",
    channels: ["e-mail", "SMS"],
    origin: "Původ",
    origins: ["ruční", "hromadná", "automatická", "opakovaná", "zkušební", "z jiného programu", "ze starého archivu"],
    number: "Číslo",
    campaign: "Hromadná zpráva č.",
    header_id: "Message-ID",
    erased: "Text, předmět a soubory této zprávy byly vymazány spolu s osobou, které patřila.",
    releases: "Kdo zprávu uvolnil",
    no_releases: "O uvolnění není v logu žádný záznam.",
    when: "Kdy",
    who: "Kdo",
    system: "systém",
    what: "Co",
    entry: "Záznam logu",
    steps: ["uvolnění k odeslání", "schválení", "opakované odeslání"],
    delivery: "Doručení",
    address: "Adresa",
    state: "Stav",
    states: [
        "čeká",
        "připravuje se",
        "předává se",
        "přijata serverem",
        "doručena",
        "vrácena",
        "odmítnuta",
        "bez odpovědi",
        "zakázaný příjemce",
        "zrušena",
        "vypršela",
    ],
    attempt: "Pokus č.",
    outcome: "Výsledek",
    outcomes: ["server přijal", "server odložil", "server odmítl", "bez odpovědi"],
    relay: "Server",
    capture: "Zachytávání (zpráva neodešla)",
    tls: "Ochrana spojení",
    no_tls: "bez šifrování",
    reply: "Doslovná odpověď",
    queue_id: "Id ve frontě serveru",
    part: "Část",
    digests: "Otisky obsahu",
    text: "Text",
    html: "HTML",
    mail: "Celý e-mail",
    size: "Bajtů",
    check: "Ověření",
    check_text: "Tento doklad obsahuje i podepsané údaje. Bez přístupu k systému je ověří příkaz „posel verify SOUBOR“; \
                 s volbou --key porovná klíč s tím, který firma zveřejnila, a další soubory porovná s otisky.",
    key: "Veřejný klíč (Ed25519)",
    signature: "Podpis",
    log: "Záznam logu a jeho otisk",
};

const EN: Words = Words {
    language: "en",
    title: "Evidence of a sent message",
    registration_number: "reg. no.",
    made: "Made for:",
    message: "Message",
    subject: "Subject",
    from: "From",
    reply_to: "Answers to",
    roles: ["To", "Copy", "Blind copy"],
    created: "Written",
    author: "Author",
    channel: "Channel",
    channels: ["e-mail", "text message"],
    origin: "Origin",
    origins: ["written by hand", "campaign", "automatic", "repeated", "test", "another program", "old archive"],
    number: "Number",
    campaign: "Campaign no.",
    header_id: "Message-ID",
    erased: "Text, subject and files of this message were erased together with the person it belonged to.",
    releases: "Who released the message",
    no_releases: "The log holds no entry about a release.",
    when: "When",
    who: "Who",
    system: "the system",
    what: "What",
    entry: "Log entry",
    steps: ["released for sending", "approved", "sent again"],
    delivery: "Delivery",
    address: "Address",
    state: "State",
    states: [
        "waiting",
        "being prepared",
        "being handed over",
        "accepted by the server",
        "delivered",
        "returned",
        "refused",
        "unknown",
        "suppressed recipient",
        "cancelled",
        "expired",
    ],
    attempt: "Try no.",
    outcome: "Outcome",
    outcomes: ["the server accepted", "the server put it off", "the server refused", "no answer"],
    relay: "Server",
    capture: "Capture (the message did not leave)",
    tls: "Protection of the connection",
    no_tls: "not encrypted",
    reply: "Literal answer",
    queue_id: "Id in the server's queue",
    part: "Part",
    digests: "Digests of the content",
    text: "Text",
    html: "HTML",
    mail: "The whole mail",
    size: "Bytes",
    check: "Verification",
    check_text: "This sheet also holds signed data. Without access to the system the command `posel verify FILE` checks them; with --key it \
                 compares the key with the one that the company published, and it compares further files with the digests.",
    key: "Public key (Ed25519)",
    signature: "Signature",
    log: "Log entry and its hash",
};
