//! Putting mails into a folder (RFC 3501 §6.3.11).

use super::{Imap, folder_name, quoted};
use crate::mailbox::MailboxTrouble;

impl Imap {
    /// Puts a mail into a folder as read, dated when it was sent; the folder is made if it is missing. A mail that the server does not
    /// want comes back with its words.
    pub(in crate::mailbox) async fn append(
        &mut self,
        folder: &str,
        mail: &[u8],
        sent_ms: i64,
    ) -> Result<Result<(), String>, MailboxTrouble> {
        let first = self.append_once(folder, mail, sent_ms).await?;
        match &first {
            Err(words) if words.to_ascii_uppercase().contains("TRYCREATE") => {
                if let Err(trouble) = self.create(folder).await? {
                    return Ok(Err(trouble));
                }
                self.append_once(folder, mail, sent_ms).await
            }
            _ => Ok(first),
        }
    }

    /// Whether a folder has a mail with that Message-ID; one that is not there has none. A folder that is there and cannot be looked into
    /// may have it, which is trouble.
    pub(in crate::mailbox) async fn holds(&mut self, folder: &str, header_id: &str) -> Result<bool, MailboxTrouble> {
        if let Err(words) = self.ask(&format!("EXAMINE {}", folder_name(folder))).await? {
            return if self.is_missing(folder, &words).await? { Ok(false) } else { Err(self.talk.trouble(words)) };
        }
        let found = self.run(&format!("UID SEARCH HEADER Message-ID {}", quoted(header_id))).await?;
        let mut lists = found.iter().filter_map(|it| it.text.strip_prefix("* SEARCH"));
        Ok(lists.any(|it| !it.trim().is_empty()))
    }

    /// Whether a folder could not be opened because it is not there: the server says so (RFC 5530), or lists none of that name.
    async fn is_missing(&mut self, folder: &str, words: &str) -> Result<bool, MailboxTrouble> {
        let words = words.to_ascii_uppercase();
        if words.contains("[NONEXISTENT]") || words.contains("[TRYCREATE]") {
            return Ok(true);
        }
        let listed = self.run(&format!("LIST \"\" {}", folder_name(folder))).await?;
        let is_there = |text: String| text.starts_with("* LIST") && !text.contains("\\NONEXISTENT");
        Ok(!listed.into_iter().any(|it| is_there(it.text.to_ascii_uppercase())))
    }

    async fn create(&mut self, folder: &str) -> Result<Result<(), String>, MailboxTrouble> {
        self.ask(&format!("CREATE {}", folder_name(folder))).await
    }

    async fn append_once(&mut self, folder: &str, mail: &[u8], sent_ms: i64) -> Result<Result<(), String>, MailboxTrouble> {
        let command = format!("APPEND {} (\\Seen) \"{}\" {{{}}}", folder_name(folder), date(sent_ms), mail.len());
        let tag = self.begin(&command).await?;
        loop {
            let it = self.response().await?;
            if it.text.starts_with('+') {
                self.talk.send_bytes(mail).await?;
                // Ends the command behind the block of bytes.
                self.talk.send("").await?;
            } else if let Some(end) = it.text.strip_prefix(&tag) {
                return Ok(said(end));
            }
        }
    }

    /// Runs a command whose refusal is no trouble.
    async fn ask(&mut self, command: &str) -> Result<Result<(), String>, MailboxTrouble> {
        let tag = self.begin(command).await?;
        loop {
            let it = self.response().await?;
            if let Some(end) = it.text.strip_prefix(&tag) {
                return Ok(said(end));
            }
        }
    }
}

fn said(end: &str) -> Result<(), String> {
    if end.to_ascii_uppercase().starts_with("OK") { Ok(()) } else { Err(crate::visible::visible(end.as_bytes(), 2048)) }
}

/// A moment in milliseconds as IMAP writes it, in UTC.
fn date(ms: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%d-%b-%Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_are_written_as_the_standard_says() {
        assert_eq!(date(1_780_000_000_000), "28-May-2026 20:26:40 +0000");
        assert_eq!(date(951_782_400_000), "29-Feb-2000 00:00:00 +0000");
    }
}
