//! One connection of the scripted server.

use std::{io, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD};
use tokio::net::TcpStream;

use super::{
    ReceivedMail, Shared,
    certificate::server_config,
    rule::{Moment, Step},
    socket::Socket,
};
use crate::smtp::Security;

/// An address with its parameters.
type Path = (String, String);

struct Session {
    socket: Socket,
    shared: Arc<Shared>,
    number: usize,
    n_messages: usize,
    user: Option<String>,
    sender: Option<Path>,
    recipients: Vec<Path>,
}

/// Serves one connection until somebody closes it; errors end it, as they would end a real one.
pub(super) async fn serve(tcp: TcpStream, number: usize, shared: Arc<Shared>) {
    let Ok(socket) = Socket::new(tcp) else { return };
    let mut session = Session { socket, shared, number, n_messages: 0, user: None, sender: None, recipients: Vec::new() };
    let _ended = session.run().await;
}

impl Session {
    async fn run(&mut self) -> io::Result<()> {
        if self.shared.options.security == Security::Tls {
            self.handshake().await?;
        }
        self.play(Moment::Greeting, "220 relay.test ESMTP").await?;
        loop {
            let line = self.socket.line().await?;
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            self.shared.book().commands.push((self.number, line.clone()));
            if self.shared.options.breaks_on_groups {
                self.socket.forget();
            }
            self.command(&line).await?;
        }
    }

    async fn command(&mut self, line: &str) -> io::Result<()> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => self.hello().await,
            "HELO" => self.play(Moment::Helo, "250 relay.test").await.map(drop),
            "STARTTLS" => {
                let code = self.play(Moment::StartTls, "220 2.0.0 go ahead").await?;
                if code == 220 { self.handshake().await } else { Ok(()) }
            }
            "AUTH" => self.auth(rest).await,
            "MAIL" => self.mail(rest).await,
            "RCPT" => self.recipient(rest).await,
            "DATA" => self.data().await,
            "RSET" => {
                (self.sender, self.recipients) = (None, Vec::new());
                self.play(Moment::Reset, "250 2.0.0 forgotten").await.map(drop)
            }
            "QUIT" => {
                self.play(Moment::Quit, "221 2.0.0 bye").await?;
                Err(io::ErrorKind::ConnectionAborted.into())
            }
            _ => self.socket.say(b"500 5.5.2 unknown command\r\n").await,
        }
    }

    async fn hello(&mut self) -> io::Result<()> {
        let options = &self.shared.options;
        let mut lines = vec!["relay.test".to_owned()];
        lines.extend(options.extensions.clone());
        if options.security == Security::StartTls && !self.socket.is_secure() {
            lines.push("STARTTLS".to_owned());
        }
        if self.needs_login() {
            lines.push(format!("AUTH {}", options.mechanisms));
        }
        let last = lines.len() - 1;
        let marked = lines.iter().enumerate().map(|(i, it)| format!("250{}{it}", if i == last { ' ' } else { '-' }));
        let answer = marked.collect::<Vec<_>>().join("\r\n");
        self.play(Moment::Ehlo, &answer).await.map(drop)
    }

    async fn auth(&mut self, rest: &str) -> io::Result<()> {
        let (mechanism, initial) = rest.split_once(' ').unwrap_or((rest, ""));
        let mut said = vec![decoded(initial)];
        if mechanism == "LOGIN" {
            said = Vec::new();
            for prompt in ["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"] {
                if self.play(Moment::Auth, prompt).await? != 334 {
                    return Ok(());
                }
                said.push(decoded(String::from_utf8_lossy(&self.socket.line().await?).trim_end()));
            }
        }
        let (user, password) = self.shared.options.login.clone().unwrap_or_default();
        let right = match mechanism {
            "PLAIN" => said == [format!("\0{user}\0{password}")],
            "LOGIN" => said == [user.clone(), password],
            _ => return self.bearer(mechanism, &said[0], (&user, &password)).await,
        };
        if right {
            self.user = Some(user);
        }
        let answer = if right { "235 2.7.0 welcome" } else { "535 5.7.8 wrong user or password" };
        let code = self.play(Moment::Auth, answer).await?;
        if code == 334 {
            // A server that overlooks the initial response.
            self.socket.line().await?;
            self.socket.say(b"235 2.7.0 welcome\r\n").await?;
        }
        Ok(())
    }

    fn needs_login(&self) -> bool {
        self.shared.options.login.is_some() || self.shared.options.tokens.is_some()
    }

    /// RFC 7628 and its forerunner: a wrong token is answered with a challenge, and what the client says to that with the real answer.
    async fn bearer(&mut self, mechanism: &str, said: &str, (user, secret): (&str, &str)) -> io::Result<()> {
        let port = self.socket.port();
        let begin = match mechanism {
            "XOAUTH2" => "user=",
            _ => "n,a=",
        };
        let fields: Vec<&str> = said.split('\u{1}').collect();
        let shown = match (mechanism, fields.as_slice()) {
            ("XOAUTH2", [who, token, "", ""]) => Some((who, token)),
            ("OAUTHBEARER", [who, host, at, token, "", ""]) if host.starts_with("host=") && **at == format!("port={port}") => {
                Some((who, token))
            }
            _ => None,
        };
        let shown = shown.and_then(|(who, token)| {
            let who = who.strip_prefix(begin)?.trim_end_matches(',');
            Some((who.to_owned(), token.strip_prefix("auth=Bearer ")?.to_owned()))
        });
        let check = self.shared.options.tokens.clone();
        let good = shown.filter(|(who, token)| {
            (who == user && token == secret && !user.is_empty()) || check.as_ref().is_some_and(|it| it.is_good(token))
        });
        let answer = match good {
            Some((who, _)) => {
                self.user = Some(who);
                "235 2.7.0 welcome"
            }
            None => {
                let standard = mechanism == "OAUTHBEARER";
                let fault = if standard { r#"{"status":"invalid_token"}"# } else { r#"{"status":"401","schemes":"bearer"}"# };
                self.socket.say(format!("334 {}\r\n", BASE64_STANDARD.encode(fault)).as_bytes()).await?;
                let line = self.socket.line().await?;
                let expected: &[u8] = if standard { b"AQ==\r\n" } else { b"\r\n" };
                if line == expected { "535 5.7.8 the token is not good" } else { "501 5.5.2 that is no answer to a challenge" }
            }
        };
        self.play(Moment::Auth, answer).await.map(drop)
    }

    async fn mail(&mut self, rest: &str) -> io::Result<()> {
        let answer = match (self.needs_login(), &self.user, &self.sender) {
            (true, None, _) => "530 5.7.0 Authentication required",
            (_, _, Some(_)) => "503 5.5.1 nested MAIL",
            _ => "250 2.1.0 sender ok",
        };
        let code = self.play(Moment::Mail, answer).await?;
        if code / 100 == 2 {
            self.sender = Some(path(rest));
        }
        Ok(())
    }

    async fn recipient(&mut self, rest: &str) -> io::Result<()> {
        let path = path(rest);
        let answer = if self.sender.is_some() { "250 2.1.5 recipient ok" } else { "503 5.5.1 MAIL first" };
        let code = self.play_for(Moment::Recipient, std::slice::from_ref(&path), answer).await?;
        if code / 100 == 2 {
            self.recipients.push(path);
        }
        Ok(())
    }

    async fn data(&mut self) -> io::Result<()> {
        let answer = if self.recipients.is_empty() { "503 5.5.1 RCPT first" } else { "354 go ahead" };
        let recipients = self.recipients.clone();
        if self.play_for(Moment::Data, &recipients, answer).await? != 354 {
            return Ok(());
        }
        let body = self.body().await?;
        let (sender, recipients) = (self.sender.take().unwrap_or_default(), std::mem::take(&mut self.recipients));
        let mails: Vec<ReceivedMail> = recipients
            .iter()
            .map(|(recipient, parameters)| ReceivedMail {
                connection: self.number,
                sender: sender.0.clone(),
                sender_parameters: sender.1.clone(),
                recipient: recipient.clone(),
                recipient_parameters: parameters.clone(),
                body: body.clone(),
                secure: self.socket.is_secure(),
                user: self.user.clone(),
            })
            .collect();
        if mails.is_empty() {
            self.shared.book().n_empty_dots += 1;
        }
        let answer = if mails.is_empty() { "554 5.5.1 no valid recipients" } else { "250 2.0.0 queued" };
        self.settle(&recipients, mails, answer).await?;
        self.n_messages += 1;
        Ok(())
    }

    /// Plays the final dot; the messages are taken before the answer leaves, as a durable server does.
    async fn settle(&mut self, recipients: &[Path], mails: Vec<ReceivedMail>, answer: &str) -> io::Result<()> {
        let steps = self.steps(Moment::Dot, recipients).unwrap_or_else(|| vec![Step::Behave]);
        let first = steps.iter().find_map(|it| match it {
            Step::Behave => code_of(answer.as_bytes()),
            Step::Take => Some(250),
            Step::Say(bytes) | Step::Trickle(bytes, _) => code_of(bytes),
            _ => None,
        });
        if first.is_some_and(|code| code / 100 == 2) {
            self.shared.book().mails.extend(mails);
            self.shared.taken.notify_waiters();
        }
        self.walk(steps, answer).await.map(drop)
    }

    /// Reads a message up to its final dot and takes the doubled dots back.
    async fn body(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        let mut begun = false;
        loop {
            let line = self.socket.line().await?;
            if line == b".\r\n" && (body.is_empty() || body.ends_with(b"\r\n")) {
                return Ok(body);
            }
            body.extend_from_slice(line.strip_prefix(b".").filter(|_| line.starts_with(b"..")).unwrap_or(&line));
            if !begun {
                begun = true;
                let recipients = self.recipients.clone();
                if let Some(steps) = self.steps(Moment::Body, &recipients) {
                    self.walk(steps, "").await?;
                }
            }
        }
    }

    async fn play(&mut self, moment: Moment, answer: &str) -> io::Result<u16> {
        self.play_for(moment, &[], answer).await
    }

    async fn play_for(&mut self, moment: Moment, recipients: &[Path], answer: &str) -> io::Result<u16> {
        let steps = self.steps(moment, recipients).unwrap_or_else(|| vec![Step::Behave]);
        self.walk(steps, answer).await
    }

    /// The steps of the newest rule that fits.
    fn steps(&self, moment: Moment, recipients: &[Path]) -> Option<Vec<Step>> {
        let recipient = recipients.last().map(|it| it.0.as_str());
        let mut book = self.shared.book();
        let rule = book.rules.iter_mut().rev().find(|it| it.fits(moment, recipient, self.number, self.n_messages))?;
        rule.left = rule.left.map(|n| n - 1);
        Some(rule.steps.clone())
    }

    /// Takes the steps; gives the code of the first answer, 0 if there was none.
    async fn walk(&mut self, steps: Vec<Step>, answer: &str) -> io::Result<u16> {
        let mut code = None;
        for step in steps {
            match step {
                Step::Behave => {
                    code = code.or(code_of(answer.as_bytes()));
                    self.socket.say(format!("{answer}\r\n").as_bytes()).await?;
                }
                Step::Say(bytes) => {
                    code = code.or(code_of(&bytes));
                    self.socket.say(&bytes).await?;
                }
                Step::Trickle(bytes, pause) => {
                    code = code.or(code_of(&bytes));
                    self.socket.trickle(&bytes, pause).await?;
                }
                Step::Wait(pause) => tokio::time::sleep(pause).await,
                Step::Take => {}
                Step::Hang => self.socket.hang().await?,
                Step::HalfClose => self.socket.half_close().await?,
                Step::Close => return Err(io::ErrorKind::ConnectionAborted.into()),
                Step::Abort => {
                    self.socket.abort()?;
                    return Err(io::ErrorKind::ConnectionReset.into());
                }
            }
        }
        Ok(code.unwrap_or(0))
    }

    async fn handshake(&mut self) -> io::Result<()> {
        if let Some(steps) = self.steps(Moment::Handshake, &[]) {
            self.walk(steps, "").await?;
        }
        self.socket.secure(server_config(self.shared.options.certificate)).await
    }
}

/// The first three digits.
fn code_of(answer: &[u8]) -> Option<u16> {
    std::str::from_utf8(answer.get(..3)?).ok()?.parse().ok()
}

/// Splits `FROM:<a@b> X=Y` into address and parameters.
fn path(text: &str) -> Path {
    let inside = text.split_once('<').and_then(|(_, rest)| rest.split_once('>')).unwrap_or((text, ""));
    (inside.0.to_owned(), inside.1.trim().to_owned())
}

fn decoded(text: &str) -> String {
    BASE64_STANDARD.decode(text).map(|it| String::from_utf8_lossy(&it).into_owned()).unwrap_or_default()
}
