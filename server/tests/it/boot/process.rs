//! The program as a process, spoken to over its streams and its port.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

use model::{FirstRun, Language};
use serde_json::{Value, json};

use crate::bed::{PASSWORD, company};

/// The program with an environment that says nothing about it.
pub fn posel() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_posel"));
    alone(&mut command);
    command
}

/// Takes from the environment of a command what speaks about the program.
fn alone(command: &mut Command) {
    for (name, _) in std::env::vars().filter(|it| it.0.starts_with("POSEL_")) {
        command.env_remove(name);
    }
    command.env_remove("CREDENTIALS_DIRECTORY").env_remove("NOTIFY_SOCKET");
}

/// How a run of the program ended.
pub struct Ended {
    pub code: Option<i32>,
    pub output: String,
    pub errors: String,
}

impl Ended {
    /// Runs it to its end.
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code(),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    /// Read all the time: a full pipe would hold the server up.
    errors: Option<JoinHandle<String>>,
    /// What it printed until it listened.
    pub said: Vec<String>,
    address: String,
}

impl Server {
    /// Starts it on a free port and waits until it listens.
    pub fn start(data: &Path, variables: &[(&str, &str)]) -> Self {
        Self::serve(posel(), data, variables)
    }

    /// Starts it under a limit that the shell sets, as `ulimit -n 64`.
    pub fn start_under(limit: &str, data: &Path) -> Self {
        let mut limited = Command::new("sh");
        limited.args(["-c", &format!("{limit}; exec \"$0\" \"$@\"")]).arg(env!("CARGO_BIN_EXE_posel"));
        alone(&mut limited);
        Self::serve(limited, data, &[])
    }

    fn serve(mut command: Command, data: &Path, variables: &[(&str, &str)]) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).envs(variables.iter().copied());
        command.args(["--public-url", "http://localhost:8080"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut server = Self { child, errors: None, said: Vec::new(), address: String::new() };
        let mut stderr = server.child.stderr.take().unwrap();
        server.errors = Some(std::thread::spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).unwrap();
            text
        }));
        let stdout = server.child.stdout.take().unwrap();
        for line in BufReader::new(stdout).lines() {
            server.said.push(line.unwrap());
            if let Some(address) = server.said.last().unwrap().strip_prefix("Posel listens on http://") {
                server.address = address.to_owned();
                return server;
            }
        }
        let errors = server.errors.take().unwrap().join().unwrap();
        panic!("posel ended: {:?} {errors}", server.said);
    }

    /// A connection on which nothing is said.
    pub fn touch(&self) -> Option<TcpStream> {
        TcpStream::connect(&self.address).ok()
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// The secret of the printed link.
    pub fn token(&self) -> &str {
        self.said[0].split_once('#').unwrap().1
    }

    /// The input of the first run.
    pub fn first_run(&self) -> Value {
        let first_run = FirstRun {
            token: self.token().to_owned(),
            name: "Eva Nová".to_owned(),
            email: "eva@example.sk".to_owned(),
            password: PASSWORD.to_owned(),
            company: company(),
            language: Language::Sk,
        };
        json!({ "first_run": first_run })
    }

    /// Carries out the first run and gives back the cookie.
    pub fn set_up(&self) -> String {
        let body = self.first_run().to_string();
        let (head, body) = self.ask(&post("/api/app/session/set_up", None, &body));
        assert!(head.starts_with("HTTP/1.1 200"), "{head}\n{body}");
        let line = head.lines().find_map(|it| it.strip_prefix("set-cookie: ")).unwrap();
        line.split(';').next().unwrap().to_owned()
    }

    /// Makes a call and gives back its status and its answer.
    pub fn call(&self, call: &str, cookie: Option<&str>, input: &Value) -> (u16, String) {
        split(self.ask(&post(&format!("/api/app/{call}"), cookie, &input.to_string())))
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> (u16, String) {
        split(self.ask(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")))
    }

    /// Asks for a page that does not end, and reads its first line.
    pub fn open(&self, path: &str, cookie: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n").unwrap();
        let mut first = [0; 15];
        stream.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"HTTP/1.1 200 OK");
        stream
    }

    fn ask(&self, request: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    /// Asks it to end as systemd does and waits until it has.
    pub fn terminate(mut self) -> Ended {
        let process = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
        let code = self.child.wait().unwrap().code();
        let errors = self.errors.take().unwrap().join().unwrap();
        Ended { code, output: String::new(), errors }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn post(path: &str, cookie: Option<&str>, body: &str) -> String {
    let cookie = cookie.map(|it| format!("cookie: {it}\r\n")).unwrap_or_default();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n{cookie}\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn split((head, body): (String, String)) -> (u16, String) {
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body)
}
