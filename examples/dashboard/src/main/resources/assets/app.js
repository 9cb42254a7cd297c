// The pages work without this. With it, what others do appears by itself, and forms do not lose the place.
'use strict';

const live = () => document.getElementById('live');
const main = document.getElementById('main');
const announcer = document.getElementById('announcer');
const line = document.getElementById('line');

document.documentElement.classList.add('script');

// ---- Selecting -----------------------------------------------------------------------------------------------------

const ticks = () => [...document.querySelectorAll('.rows input[name="id"]')];

function showSelection() {
    const all = document.getElementById('select-all');
    if (!all) {
        return;
    }
    const chosen = ticks().filter(tick => tick.checked).length;
    all.checked = chosen > 0 && chosen === ticks().length;
    all.indeterminate = chosen > 0 && chosen < ticks().length;
    all.nextElementSibling.textContent = chosen === 0 ? 'Select all' : chosen + ' selected';
    for (const tool of document.querySelectorAll('.needs-selection')) {
        tool.hidden = chosen === 0;
    }
    for (const tool of document.querySelectorAll('.needs-no-selection')) {
        tool.hidden = chosen > 0;
    }
}

document.addEventListener('change', event => {
    if (event.target.id === 'select-all') {
        for (const tick of ticks()) {
            tick.checked = event.target.checked;
        }
    }
    showSelection();
});

// ---- Exchanging what has changed, and keeping what somebody is about to do ------------------------------------------

/** What somebody has ticked or chosen and not sent yet. */
function edits() {
    return [...live().querySelectorAll('input[type="checkbox"][name], select[name]')]
        .filter(field => field.matches('select') || field.checked !== field.defaultChecked)
        .map(field => ({type: field.localName, name: field.name, value: field.value, checked: field.checked}));
}

function restore(edits) {
    for (const edit of edits) {
        const named = edit.type + '[name="' + CSS.escape(edit.name) + '"]';
        if (edit.type === 'select') {
            const option = live().querySelector(named + ' option[value="' + CSS.escape(edit.value) + '"]');
            if (option) {
                option.selected = true;
            }
        } else {
            const box = live().querySelector(named + '[value="' + CSS.escape(edit.value) + '"]');
            if (box) {
                box.checked = edit.checked;
            }
        }
    }
}

/** What an address searches for. */
const searchOf = url => new URL(url).searchParams.get('q') ?? '';

let shown = searchOf(location.href);

function swap(text, url, kept) {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const fresh = page.getElementById('live');
    if (!fresh || !live()) {
        location.assign(url);
        return;
    }
    const opened = new Set([...live().querySelectorAll('details[open]')].map(one => one.className));
    const focus = focusPath(document.activeElement);
    const known = new Set(ticks().map(tick => tick.value));
    const before = Number(live().dataset.open);
    const searched = searchOf(url) !== shown;
    shown = searchOf(url);

    live().replaceWith(document.adoptNode(fresh));
    for (const id of ['notice', 'choices']) {
        const old = document.getElementById(id);
        const other = page.getElementById(id);
        if (old && other && (id !== 'notice' || searched || url !== location.href)) {
            old.replaceWith(document.adoptNode(other));
        }
    }
    document.title = page.title;
    restore(kept);
    for (const tick of ticks()) {
        if (known.size > 0 && !searched && !known.has(tick.value)) {
            tick.closest('li').classList.add('arrived');
        }
    }
    for (const details of live().querySelectorAll('details')) {
        details.open = opened.has(details.className);
    }
    refocus(focus);
    showSelection();
    showMoments();
    const open = Number(live().dataset.open);
    if (searched) {
        announcer.textContent = ticks().length === 0 ? 'Nothing was found.' : ticks().length + ' on this page.';
    } else if (open > before) {
        announcer.textContent = open - before === 1 ? 'A new update has arrived.' : open - before + ' new updates have arrived.';
    }
}

function focusPath(element) {
    if (!element || !live().contains(element)) {
        return null;
    }
    const row = element.closest('li[id]');
    const rows = row ? [...row.parentElement.children] : [];
    return {row: row && row.id, at: rows.indexOf(row), same: signs(element), id: element.id};
}

/** A selector of what an element is within its row or the page: by its name, or by where it leads. */
function signs(element) {
    for (const sign of ['name', 'href']) {
        if (element.hasAttribute(sign)) {
            return element.localName + '[' + sign + '="' + CSS.escape(element.getAttribute(sign)) + '"]';
        }
    }
    return element.localName === 'summary' ? 'summary' : null;
}

/** To the same thing; if its row is gone, to the row that took its place. */
function refocus(path) {
    if (!path) {
        return;
    }
    if (path.id && document.getElementById(path.id)) {
        document.getElementById(path.id).focus({preventScroll: true});
        return;
    }
    const rows = [...document.querySelectorAll('.rows > li')];
    const row = (path.row && document.getElementById(path.row)) || rows[Math.min(path.at, rows.length - 1)];
    const within = row || live();
    const target = path.same && within.querySelector(path.same);
    (target || main).focus({preventScroll: true});
}

// ---- Forms that stay where they are --------------------------------------------------------------------------------

document.addEventListener('submit', async event => {
    const form = event.target;
    if (!form.matches('[data-swap], #notice form')) {
        return;
    }
    event.preventDefault();
    const button = event.submitter;
    const data = new FormData(form);
    if (button && button.name) {
        data.append(button.name, button.value);
    }
    const action = button && button.hasAttribute('formaction') ? button.formAction : form.action;
    document.body.setAttribute('aria-busy', 'true');
    try {
        const response = await fetch(action, {method: 'POST', body: new URLSearchParams(data)});
        const text = await response.text();
        if (!response.ok) {
            show(text);
            return;
        }
        swap(text, response.url, []);
        history.replaceState(null, '', response.url);
        const notice = document.querySelector('#notice p');
        if (notice) {
            announcer.textContent = notice.textContent;
        }
    } catch (failure) {
        announcer.textContent = 'The dashboard cannot be reached. Nothing was changed, as far as this page knows.';
        say(announcer.textContent);
    } finally {
        document.body.removeAttribute('aria-busy');
    }
});

function show(text) {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const message = page.querySelector('main h1 + p');
    say(message ? message.textContent : 'That did not work.');
}

function say(sentence) {
    const box = document.createElement('div');
    box.className = 'notice problem';
    box.setAttribute('role', 'alert');
    const p = document.createElement('p');
    p.textContent = sentence;
    box.append(p);
    document.getElementById('notice').replaceChildren(box);
}

// ---- What others do ------------------------------------------------------------------------------------------------

let fetching = false;
let again = false;

async function refresh() {
    if (fetching) {
        again = true;
        return;
    }
    fetching = true;
    try {
        const url = location.href;
        const response = await fetch(url, {headers: {Accept: 'text/html'}});
        const text = await response.text();
        if (url !== location.href) {
            return;
        }
        if (response.ok) {
            swap(text, url, edits());
        } else if (searchOf(url) !== shown) {
            show(text);
        }
    } catch (failure) {
        // The line says that we are cut off, and asks again when it is back.
    } finally {
        fetching = false;
        if (again) {
            again = false;
            refresh();
        }
    }
}

function showLine(state, text) {
    line.hidden = false;
    line.dataset.state = state;
    document.getElementById('line-state').textContent = text;
}

if (main.dataset.live === 'true' && line && 'EventSource' in window) {
    let cut = false;
    const events = new EventSource('/live');
    events.addEventListener('hello', () => {
        showLine('on', 'Live');
        if (cut) {
            refresh();
        }
        cut = false;
    });
    events.addEventListener('changed', refresh);
    events.addEventListener('error', () => {
        cut = true;
        showLine('off', 'Reconnecting');
    });
}

// ---- Searching while somebody types --------------------------------------------------------------------------------

const TYPING_MILLIS = 200;
let typing;

document.addEventListener('input', event => {
    const field = event.target;
    if (field.id !== 'q') {
        return;
    }
    clearTimeout(typing);
    typing = setTimeout(() => {
        history.replaceState(null, '', '/?' + new URLSearchParams(new FormData(field.form)));
        refresh();
    }, TYPING_MILLIS);
});

document.addEventListener('submit', event => {
    if (event.target.matches('.search')) {
        clearTimeout(typing); // the browser goes there itself
    }
});

// ---- Time passes ---------------------------------------------------------------------------------------------------

function showMoments() {
    for (const time of document.querySelectorAll('time[datetime]')) {
        const then = new Date(time.dateTime);
        const minutes = Math.floor((Date.now() - then) / 60000);
        const units = [[1440, 'day'], [60, 'hour'], [1, 'minute']];
        const unit = units.find(one => minutes >= one[0]);
        time.title = then.toLocaleString();
        if (!unit) {
            time.textContent = 'just now';
        } else if (minutes < 30 * 1440) {
            const count = Math.floor(minutes / unit[0]);
            time.textContent = count + ' ' + unit[1] + (count === 1 ? '' : 's') + ' ago';
        }
    }
}

setInterval(showMoments, 30000);
showMoments();
showSelection();
