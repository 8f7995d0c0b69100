//! The network as a file for other tools: GraphML, GEXF, CSV or STIX.
