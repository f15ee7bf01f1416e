#!/usr/bin/env python3
"""mail.py YIZHAN [PG] -- a real mail server gets the invitation; while it is down or says "later" the message waits and is tried again, once sent never more."""
import email, email.policy, re, socket, sys, time
from city import City, Visitor, Tap, skip
try:
    from aiosmtpd.controller import Controller
except ImportError:
    skip('mail', 'python3-aiosmtpd is not installed')
    sys.exit(0)

class Postbox:
    def __init__(self): self.got, self.answer = [], '250 OK'
    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith('250'): self.got.append(envelope)
        return self.answer

def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]

def invite(city, tap, name, address):
    admin = Visitor(city).login('admin')
    r = admin.ask('POST', '/invitations/new', {'_csrf': admin.csrf, 'role': 'auditor', 'name': name, 'email': address})
    tap.ok(r.status == 200, 'an invitation', r.text[:300])

def waiting(city): return city.sql('SELECT tries, last_error FROM outbox WHERE sent_at IS NULL')

def read_mail(tap, envelope):
    m = email.message_from_bytes(envelope.content, policy=email.policy.default)
    text = m.get_content()
    tap.ok(envelope.mail_from == 'yizhan@jobs.example.org' and envelope.rcpt_tos == ['linghu@example.org'], 'from us, to the person', (envelope.mail_from, envelope.rcpt_tos))
    tap.ok(m['to'] == '<linghu@example.org>' or str(m['to']) == 'linghu@example.org', 'the header says so', m['to'])
    tap.ok('邀请' in m['subject'], 'a subject in Chinese', m['subject'])
    age = time.time() - m['date'].datetime.timestamp() if m['date'] else 9e9
    tap.ok(m['message-id'] and abs(age) < 120, 'a number and the present date', m['date'])
    tap.ok('令狐雁回' in text, 'the name', text)
    return text

def main():
    tap, port = Tap(), free_port()
    smtp = ['--smtp', 'smtp://127.0.0.1:%d' % port, '--mail-from', 'yizhan@jobs.example.org']
    with City(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None, jobs=30, people=10,
              options=['--base-url', 'https://jobs.example.org', *smtp]) as city:
        city.write('DELETE FROM outbox;') # what the demo city would tell its people
        city.start()
        invite(city, tap, '令狐雁回', 'linghu@example.org')
        for _ in range(40):
            if waiting(city) and waiting(city)[0][0] != '0': break
            time.sleep(0.5)
        tap.ok(waiting(city) and waiting(city)[0][0] == '1' and waiting(city)[0][1], 'no server: the message waits, with the cause', waiting(city))
        city.stop()
        box = Postbox()
        server = Controller(box, hostname='127.0.0.1', port=port)
        server.start()
        city.run('tick', *smtp)
        tap.ok(not box.got, 'not before its time')
        box.answer = '451 try again later'
        city.write('UPDATE outbox SET due = 0;')
        city.run('tick', *smtp)
        tap.ok(waiting(city)[0][0] == '2', 'a server that says "later" is asked again later', waiting(city))
        city.write('UPDATE outbox SET due = 0;')
        city.run('tick')
        tap.ok(waiting(city)[0][0] == '2', 'without a mail server nothing is tried', waiting(city))
        box.answer = '250 OK'
        city.run('tick', *smtp)
        tap.ok(len(box.got) == 1 and not waiting(city), 'then it is delivered', waiting(city))
        city.run('tick', *smtp)
        tap.ok(len(box.got) == 1, 'once')
        text = read_mail(tap, box.got[0])
        link = re.search(r'https://jobs\.example\.org(/join/[A-Za-z0-9_-]{43})', text)
        tap.ok(link, 'the address to open', text)
        city.start()
        guest = Visitor(city)
        r = guest.get(link.group(1))
        tap.ok(r.status == 200 and '令狐雁回' in r.text, 'leads to the invitation', r.status)
        r = guest.post(link.group(1), {'login': 'linghu', 'password': '九只海鸥 over the bay'})
        tap.ok(r.status == 303, 'and opens an account', r.text[:300])
        city.stop()
        server.stop()
        return tap.end('mail (%s)' % ('PostgreSQL' if city.pg else 'SQLite'))

sys.exit(main())
