/**
 * MIDI over the network: RTP-MIDI (RFC 6295) in an AppleMIDI session, in both roles; plain Java.
 *
 * <pre>
 *   send(message, due) → queue → SessionLoop → Peer → MidiList + SentHistory (journal) → data port
 *   data port → Peer → Reception (order, loss) → JournalReader → HeardNotes → Playout → listener
 *   control port: invitations, ends, receiver feedback; data port also: clock exchanges
 * </pre>
 *
 * <p>{@code RtpMidiSession} has a pair of UDP ports and one thread; the control port is even, the
 * data port is the next one. An initiator invites one peer, again and again, also after the peer
 * has vanished, refused or ended; a participant takes up to eight peers.
 *
 * <p>Messages travel with the time at which they are due, in units of 1/10000 s of the sender's
 * clock; clock exchanges tell each side how the other's clock stands, and the receiver hands a
 * message on when it is due: a sender who sends ahead by more than the network's delay takes its
 * jitter out. What is due more than a second ahead, or by an unknown clock, is handed on at once.
 *
 * <p>Each packet carries a recovery journal of notes (chapter N) and controllers (chapter C) since
 * the packet that the receiver has confirmed; other chapters are read over. While something is
 * unconfirmed, packets without messages repeat the journal. A packet that comes too late is
 * dropped, since the journal has stood in for it. Where a gap is not covered by a journal all
 * sounding notes end. System exclusive messages are read over and not sent.
 *
 * <p>All is bounded: peers, queues, names, packets. Whatever is broken or foreign is counted and
 * dropped.
 */
package org.latentspace.rtpmidi;
