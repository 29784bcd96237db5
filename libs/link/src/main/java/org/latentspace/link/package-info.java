/**
 * Ableton Link over UDP, in plain Java: tempo, beats and transport that programs in a local network
 * share. Written from the facts of the protocol.
 *
 * <pre>
 *   LinkSession session = LinkSession.join(LinkSettings.at(120), state -&gt; ...);
 *   LinkState now = session.state();                    // never waits
 *   now.phaseAt(LinkSession.hostMicros(), 4);           // 0 &lt;= beats &lt; 4, the same at every peer
 *   now.timeAtBeat(64);                                 // host time, microseconds
 *   session.setPlaying(true, 4);                        // at the next multiple of 4 beats
 *
 *   LinkSession -- the thread, and what any thread may call
 *    +- LinkNode ------- peers, sessions, what is said when; time is an argument
 *    |   +- Peers ------ who is there
 *    |   +- Measurement  ghost time - host time, by a hundred offsets
 *    +- LinkSockets ---- a group socket, and one more for each network interface
 *        +- LinkPacket   bytes
 * </pre>
 *
 * <p>Every node multicasts to 224.76.78.75, port 20808, what it knows: session, timeline, the last
 * start or stop. A session has one clock, <em>ghost time</em>, 0 when it was founded; each node
 * measures how far that is from its own clock. A timeline is a line from ghost time to beats, whose
 * beat 0 is where every quantum begins. In a session the timeline with the later beat origin holds,
 * and the start or stop that was said last; of two sessions the one that has lasted longer.
 *
 * <p>Nobody is authenticated, as the protocol has it: who is in the network may change the tempo. A
 * node is measured only at the address that it speaks from. At most 256 peers are known; what is no
 * sound packet is counted and dropped. IPv4 only.
 */
package org.latentspace.link;
