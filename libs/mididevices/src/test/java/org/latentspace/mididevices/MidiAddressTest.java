package org.latentspace.mididevices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which port an address names, over lists of devices as Linux shows them. */
class MidiAddressTest {
  private static final String UM = "0582:012a";

  private static MidiPort port(int card, int part, String name, UsbDevice usb) {
    String shown = name + " [hw:" + card + ",0," + part + "]";
    return new MidiPort(shown, name + ", USB MIDI, " + name, usb, part + 1);
  }

  private static UsbDevice usb(String id, String serial, String place) {
    return new UsbDevice(id, serial, place);
  }

  private static MidiPort chosen(String address, MidiPort... all) throws UnclearPort {
    return MidiAddress.parse(address).choose(List.of(all));
  }

  private static UnclearPort unclear(String address, MidiPort... all) {
    return assertThrows(UnclearPort.class, () -> chosen(address, all));
  }

  @Test
  void aNameAloneIsEnoughWhereOnePortHasIt() throws Exception {
    MidiPort um = port(2, 0, "UM-ONE", usb(UM, "", "1-2"));
    MidiPort pads = port(1, 0, "SPD-SX", usb("0582:0135", "", "1-1"));
    assertSame(um, chosen("UM-ONE", um, pads));
    assertSame(um, chosen("um", um, pads));
    assertSame(pads, chosen("usb midi, spd", um, pads));
    assertEquals("UM-ONE", um.addresses(List.of(um, pads)).get(0));
  }

  @Test
  void theWholeNameGoesBeforeAPartOfAnother() throws Exception {
    MidiPort drum = port(1, 0, "Drum", null);
    MidiPort drums = port(2, 0, "Drum machine", null);
    assertSame(drum, chosen("drum", drum, drums));
    assertSame(drums, chosen("machine", drum, drums));
    assertTrue(unclear("dr", drum, drums).isAmbiguous());
  }

  @Test
  void twoEqualInterfacesAreToldApartByTheirSerialNumbersWhereverTheyAre() throws Exception {
    MidiPort one = port(1, 0, "UM-ONE", usb(UM, "A1", "1-2"));
    MidiPort two = port(2, 0, "UM-ONE", usb(UM, "B2", "1-3"));
    UnclearPort fault = unclear("UM-ONE", one, two);
    assertTrue(fault.isAmbiguous());
    assertEquals(
        "names 2 MIDI ports: midi:@id=0582:012a@serial=A1 is UM-ONE [hw:1,0,0] (USB 1-2,"
            + " 0582:012a, serial A1); midi:@id=0582:012a@serial=B2 is UM-ONE [hw:2,0,0] (USB 1-3,"
            + " 0582:012a, serial B2)",
        fault.getMessage());
    // The sockets are swapped, and the cards numbered the other way round.
    MidiPort oneMoved = port(2, 0, "UM-ONE", usb(UM, "A1", "1-3"));
    MidiPort twoMoved = port(1, 0, "UM-ONE", usb(UM, "B2", "1-2"));
    assertSame(oneMoved, chosen("UM-ONE@serial=A1", twoMoved, oneMoved));
    assertSame(twoMoved, chosen("@id=0582:012a@serial=B2", twoMoved, oneMoved));
    assertFalse(unclear("UM-ONE@serial=A1", twoMoved).isAmbiguous(), "never the other one");
  }

  @Test
  void withoutSerialNumbersTheyAreToldApartByTheirSockets() throws Exception {
    MidiPort one = port(1, 0, "UM-ONE", usb(UM, "", "1-2"));
    MidiPort two = port(2, 0, "UM-ONE", usb(UM, "", "1-3.4"));
    assertTrue(unclear("UM-ONE", one, two).getMessage().contains("midi:@id=0582:012a@usb=1-3.4"));
    // After the next start the cards are numbered otherwise.
    MidiPort oneAgain = port(2, 0, "UM-ONE", usb(UM, "", "1-2"));
    MidiPort twoAgain = port(1, 0, "UM-ONE", usb(UM, "", "1-3.4"));
    assertSame(oneAgain, chosen("UM-ONE@usb=1-2", twoAgain, oneAgain));
    assertSame(twoAgain, chosen("UM-ONE@usb=1-3.4", twoAgain, oneAgain));
    UnclearPort gone = unclear("UM-ONE@usb=1-2", twoAgain);
    assertFalse(gone.isAmbiguous());
    assertEquals("is no MIDI port of this machine; there are: UM-ONE", gone.getMessage());
  }

  @Test
  void anotherDeviceInTheSocketIsNotTakenForIt() {
    MidiPort other = port(1, 0, "SPD-SX", usb("0582:0135", "", "1-2"));
    UnclearPort fault = unclear("@id=0582:012a@usb=1-2", other);
    assertFalse(fault.isAmbiguous());
    assertTrue(fault.getMessage().contains("at usb 1-2 is SPD-SX"), fault.getMessage());
    assertFalse(unclear("UM-ONE@usb=1-2", other).isAmbiguous());
  }

  @Test
  void equalSerialNumbersAreNoneAndTheSocketsTell() throws Exception {
    MidiPort one = port(1, 0, "USB MIDI", usb(UM, "0001", "1-2"));
    MidiPort two = port(2, 0, "USB MIDI", usb(UM, "0001", "1-3"));
    UnclearPort fault = unclear("USB MIDI@serial=0001", one, two);
    assertTrue(fault.isAmbiguous());
    assertTrue(fault.getMessage().contains("midi:@id=0582:012a@usb=1-3 is"), fault.getMessage());
    assertSame(two, chosen("@serial=0001@usb=1-3", one, two));
  }

  @Test
  void aCardThatIsRenamedIsFoundByItsDevice() throws Exception {
    MidiPort renamed = port(3, 0, "UM-ONE MK2_1", usb(UM, "A1", "1-2"));
    assertSame(renamed, chosen("@id=0582:012a@serial=A1", renamed));
    assertSame(renamed, chosen("@id=0582:012A@usb=1-2", renamed));
  }

  @Test
  void thePortsOfOneInterfaceHaveNumbers() throws Exception {
    UsbDevice eight = usb("0763:0198", "C3", "2-1");
    MidiPort first = port(1, 0, "MIDI4x4", eight);
    MidiPort second = port(1, 1, "MIDI4x4", eight);
    assertSame(second, chosen("MIDI4x4@port=2", first, second));
    List<MidiPort> all = List.of(first, second);
    assertEquals(
        List.of("MIDI4x4@port=1", "@id=0763:0198@serial=C3@port=1", "@id=0763:0198@usb=2-1@port=1"),
        first.addresses(all));
    for (MidiPort port : all) {
      for (String address : port.addresses(all)) {
        assertSame(port, MidiAddress.parse(address).choose(all), address);
      }
    }
  }

  @Test
  void whereNothingTellsTwoApartThatIsSaid() {
    MidiPort one = new MidiPort("Bus 1", "", null, 0);
    MidiPort two = new MidiPort("Bus 1", "", null, 0);
    assertEquals(List.of(), one.addresses(List.of(one, two)));
    String told = unclear("Bus", one, two).getMessage();
    assertTrue(told.contains("which nothing tells from another"), told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "UM@", "UM@card=2", "UM@usb", "UM@usb=", "UM@port=0", "@port=x"})
  void whatIsNoAddressIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> MidiAddress.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"2, 1-2.3, B2", "5, 3-1, ''"})
  void linuxTellsTheDeviceOfACard(int card, String place, String serial, @TempDir Path sys)
      throws IOException {
    Path device = Files.createDirectories(sys.resolve("devices/pci/usb1/" + place));
    Path part = Files.createDirectories(device.resolve(place + ":1.0/sound/card" + card));
    Files.writeString(device.resolve("idVendor"), "0582\n");
    Files.writeString(device.resolve("idProduct"), "012a\n");
    if (!serial.isEmpty()) {
      Files.writeString(device.resolve("serial"), serial + "\n");
    }
    Files.createSymbolicLink(part.resolve("device"), device.resolve(place + ":1.0"));
    Path sound = Files.createDirectories(sys.resolve("class/sound"));
    Files.createSymbolicLink(sound.resolve("card" + card), part);
    UsbTree tree = new UsbTree(sys);
    assertEquals(new UsbDevice(UM, serial, place), tree.card(card));
    assertEquals(null, tree.card(card + 1));
    assertEquals(card, MidiPort.card("UM-ONE [hw:" + card + ",0,0]"));
    assertEquals(-1, MidiPort.card("UM-ONE"));
  }
}
