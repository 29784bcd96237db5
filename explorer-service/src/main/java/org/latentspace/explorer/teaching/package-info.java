/** What performers have taught: pairs of a way of playing and the outputs that it shall mean. */
package org.latentspace.explorer.teaching;
