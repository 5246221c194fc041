// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// Of services from before operator sets: here only where they say who they are.
contract AVSDirectory {
    event AVSMetadataURIUpdated(address indexed avs, string metadataURI);

    function updateAVSMetadataURI(string calldata metadataURI) external {
        emit AVSMetadataURIUpdated(msg.sender, metadataURI);
    }
}
