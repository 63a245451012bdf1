//! The command at a terminal that nobody has typed at yet: it says what it waits for.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// A terminal as a command sees it, and its other end, which must stay open; `None` where the system gives no terminals.
fn terminal() -> Option<(File, File)> {
    let screen = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).ok()?;
    grantpt(&screen).unwrap();
    unlockpt(&screen).unwrap();
    let name = ptsname(&screen, Vec::new()).unwrap();
    let keyboard =
        OpenOptions::new().read(true).write(true).open(OsStr::from_bytes(name.as_bytes())).unwrap();
    Some((keyboard, File::from(screen)))
}

/// What a command says on standard error before anything is typed.
fn check(arguments: &[&str], expected: &str) {
    let Some((keyboard, _screen)) = terminal() else {
        eprintln!("this system gives no terminals: nothing is tested");
        return;
    };
    let mut child = Command::new(env!("CARGO_BIN_EXE_annalist"))
        .args(arguments)
        .stdin(Stdio::from(keyboard))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = vec![0; expected.len()];
    let is_read = child.stderr.take().unwrap().read_exact(&mut said);
    child.kill().unwrap();
    child.wait().unwrap();
    is_read.unwrap();
    assert_eq!(String::from_utf8_lossy(&said), expected, "{arguments:?}");
}

#[test]
fn who_waits_at_a_terminal_says_for_what() {
    check(&["read", "--fast"], "annalist: reading reports from standard input, up to Ctrl-D; or name files");
    check(&["reconcile"], "annalist: reading rows of `annalist read` from standard input, up to Ctrl-D");
}
