//! *What stands around every view?* The name, the way to the other views, the pane, the foot.

use annalist::plain;
use maud::{DOCTYPE, Markup, html};

use crate::desk::{Desk, View};
use crate::marks;
use crate::shelf::Site;

/// The views, in the order in which an analyst needs them.
const VIEWS: [(&str, &str); 11] = [
    ("/", "Situation"),
    ("/timeline", "Timeline"),
    ("/disputes", "Disputes"),
    ("/forces", "Forces"),
    ("/talks", "Talks"),
    ("/actors", "Actors"),
    ("/map", "Map"),
    ("/outlook", "Outlook"),
    ("/reports", "Reports"),
    ("/changes", "Changes"),
    ("/decisions", "Decisions"),
];

/// The whole page.
pub fn page(desk: &Desk<'_>, view: &View) -> String {
    let body = html! {
        a.skip href="#main" { "Skip to what this view shows" }
        (top(view.here, desk.request.asked("q")))
        @if desk.site.is_example { p.notice { "This is the example that travels inside the program. What you decide here is gone when it ends." } }
        @if !desk.state.is_current { p.notice { "Reports are coming in. What is shown was true before them; look again in a moment." } }
        div.desk.alone[view.pane.is_none()] {
            main #main tabindex="-1" {
                @for complaint in &desk.filter.complaints { p.notice { (complaint) } }
                (view.main)
                @if let Some((json, csv)) = &view.twins {
                    p.twins { "The same as " a href=(json) { "JSON" } " or " a href=(csv) { "CSV" } }
                }
            }
            @if let Some(pane) = &view.pane { aside #evidence tabindex="-1" aria-label="Evidence" { (pane) } }
        }
        (foot(desk.site))
    };
    whole(&view.title, &body)
}

/// A page that says why there is nothing else.
pub fn refusal(site: &Site, title: &str, words: &str) -> String {
    let body = html! {
        (top("", None))
        div.desk.alone { main #main { h1 { (title) } p.lead { (words) } p { a href="/" { "Back to the situation" } } } }
        (foot(site))
    };
    whole(title, &body)
}

fn whole(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Annalist" }
                link rel="icon" href="/mark.svg" type="image/svg+xml";
                link rel="stylesheet" href="/style.css";
                script src="/page.js" defer {}
            }
            body { (body) }
        }
    };
    plain::text(&page.into_string()).into_owned()
}

fn top(here: &str, asked: Option<&str>) -> Markup {
    html! {
        header.top {
            a.name href="/" { "Annalist" }
            nav aria-label="Views" {
                @for (path, name) in VIEWS {
                    a href=(path) aria-current=[(path == here).then_some("page")] { (name) }
                }
            }
            form.find action="/search" role="search" {
                input #find type="search" name="q" value=[asked] placeholder="Search all sentences" aria-label="Search all sentences";
            }
        }
    }
}

fn foot(site: &Site) -> Markup {
    let name = site.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    html! {
        footer.foot {
            details { summary { "Marks and keys" }
                (marks::legend())
                dl.keys {
                    div { dt { kbd { "j" } " " kbd { "k" } } dd { "next and previous line, its evidence beside it" } }
                    div { dt { kbd { "Enter" } } dd { "open it" } }
                    div { dt { kbd { "/" } } dd { "search" } }
                    div { dt { kbd { "[" } " " kbd { "]" } } dd { "previous and next page" } }
                    div { dt { kbd { "g" } " then a letter" } dd { "go to a view: " kbd { "s" } "ituation, " kbd { "t" } "imeline, " kbd { "d" } "isputes, " kbd { "r" } "eports, " kbd { "m" } "ap, " kbd { "c" } "hanges" } }
                }
            }
            p { (marks::told(&name)) " · shown by Annalist on this machine · places: " (annalist::gazetteer::ATTRIBUTION) " · outlines: Natural Earth" }
        }
    }
}
