package org.latentspace.mididevices;

/**
 * A device on USB, as the system tells it.
 *
 * @param id vendor and product, four hexadecimal digits each, such as "0582:012a"
 * @param serial empty where it has none
 * @param place its sockets from the root on, such as "1-2.3": bus 1, port 2, port 3 of a hub there
 */
public record UsbDevice(String id, String serial, String place) {}
